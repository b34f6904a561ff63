import type { ChainPort } from './chain-port.js';

/** What of a task does not change while it is ours. */
export interface KnownTask {
  readonly template: bigint;
  /** What it works on: its payload, or what a topic published for it. */
  readonly payload: Uint8Array;
  /** Undefined when the chain has no such template or type. */
  readonly typeName: string | undefined;
}

/** Reads once what never changes on chain. */
export interface Catalog {
  readTask(id: bigint, hasInput: boolean): Promise<KnownTask | undefined>;
  /** The contract that does an on-chain task; undefined when there is none. */
  readHandler(id: bigint): Promise<string | undefined>;
}

/** Enough for every lease a worker can hold (120), many times over. */
const MAX_TASKS = 1_000;

export function createCatalog(chain: Pick<ChainPort, 'factory' | 'queue'>): Catalog {
  const tasks = new Map<bigint, KnownTask>();
  const handlers = new Map<bigint, string>();
  const typeNames = new Map<bigint, string>();

  const readTypeName = async (template: bigint): Promise<string | undefined> => {
    const known = typeNames.get(template);
    if (known !== undefined) return known;
    const taskType = (await chain.factory.getTaskTemplate({ template }))?.taskType;
    if (taskType === undefined) return undefined;
    const name = (await chain.factory.getTaskType({ id: taskType }))?.name;
    if (name !== undefined) typeNames.set(template, name);
    return name;
  };

  return {
    async readTask(id, hasInput) {
      const known = tasks.get(id);
      if (known !== undefined) return known;
      const [task, input] = await Promise.all([
        chain.queue.getTask({ id }),
        hasInput ? chain.queue.getInput({ id }) : null,
      ]);
      if (task === null) return undefined;
      const { template, payload } = task;
      const read = { template, payload: input ?? payload, typeName: await readTypeName(template) };
      keep(tasks, id, read);
      return read;
    },

    async readHandler(id) {
      const known = handlers.get(id);
      if (known !== undefined) return known;
      const handler = (await chain.factory.getExecution({ id }))?.handler?.contract;
      if (handler !== undefined) keep(handlers, id, handler);
      return handler;
    },
  };
}

/** Forgets the oldest when there are too many. */
function keep<Value>(known: Map<bigint, Value>, id: bigint, value: Value): void {
  for (const oldest of known.keys()) {
    if (known.size < MAX_TASKS) break;
    known.delete(oldest);
  }
  known.set(id, value);
}
