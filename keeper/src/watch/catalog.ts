import type { ChainPort } from './chain-port.js';

/** What of a task never changes. */
export interface KnownTask {
  readonly template: bigint;
  readonly owner: string;
  readonly payload: Uint8Array;
  /** Undefined when the chain has no such template or type. */
  readonly typeName: string | undefined;
}

/** Reads each task and each template's type once; both never change on chain. */
export interface Catalog {
  readTask(id: bigint): Promise<KnownTask | undefined>;
}

/** Enough for every lease a worker can hold (120), many times over. */
const MAX_TASKS = 1_000;

export function createCatalog(chain: Pick<ChainPort, 'factory' | 'queue'>): Catalog {
  const tasks = new Map<bigint, KnownTask>();
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
    async readTask(id) {
      const known = tasks.get(id);
      if (known !== undefined) return known;
      const task = await chain.queue.getTask({ id });
      if (task === null) return undefined;
      const { template, owner, payload } = task;
      const read = { template, owner, payload, typeName: await readTypeName(template) };
      for (const oldest of tasks.keys()) {
        if (tasks.size < MAX_TASKS) break;
        tasks.delete(oldest);
      }
      tasks.set(id, read);
      return read;
    },
  };
}
