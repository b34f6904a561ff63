import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../../keeper/src/watch/catalog.js';
import { readExecutable } from '../../../keeper/src/watch/read-executable.js';

const QUEUE = 3n;
const lane = (priority: bigint, queue = QUEUE) => ({ queue, priority });
const keyOf = (priority: bigint) => QUEUE * 16n + priority;
const refuse = () => {
  throw new Error('not asked for in this test');
};

/** Lanes with their tasks, two to a page; a task above 100 has no handler. */
function chainWith(lists: ReadonlyMap<bigint, readonly bigint[]>) {
  const asked: string[] = [];
  const index = {
    getListPage: async ({ listKey, from }: { listKey: bigint; from: bigint }) => {
      asked.push(`page ${listKey} ${from}`);
      const ids = lists.get(listKey) ?? [];
      const end = from + 2n;
      return { ids: ids.slice(Number(from), Number(end)), next: end < BigInt(ids.length) ? end : null };
    },
  };
  const getExecution = async ({ id }: { id: bigint }) => {
    asked.push(`execution ${id}`);
    const handler = id > 100n ? null : { contract: 'ST1.counter', hash: new Uint8Array(32) };
    return { handler, payload: new Uint8Array(0) };
  };
  const catalog = createCatalog({
    factory: { getExecution, getTaskTemplate: refuse, getTaskType: refuse },
    queue: { getNext: refuse, getStates: refuse, getTask: refuse, getInput: refuse },
  });
  const strolls = new Map<bigint, bigint>();
  const read = async (height: bigint, ...openLanes: readonly ReturnType<typeof lane>[]) =>
    (await readExecutable({ index }, catalog, [QUEUE], openLanes, { height, strolls })).map(
      ({ taskId }) => taskId,
    );
  return { read, asked };
}

describe('readExecutable', () => {
  it('asks nothing when the queues it serves are empty', async () => {
    const { read, asked } = chainWith(new Map());
    expect(await read(1n, lane(7n, 9n))).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('gives the first tasks of the most urgent lane, and reads each handler once', async () => {
    const { read, asked } = chainWith(new Map([[keyOf(15n), [1n, 2n, 3n]]]));
    expect(await read(1n, lane(7n), lane(15n))).toEqual([1n, 2n]);
    expect(await read(2n, lane(7n), lane(15n))).toEqual([1n, 2n]);
    expect(asked).toEqual(['page 63 0', 'execution 1', 'execution 2', 'page 63 0']);
  });

  it('leaves a task without a handler alone', async () => {
    const { read } = chainWith(new Map([[keyOf(7n), [101n, 1n]]]));
    expect(await read(1n, lane(7n))).toEqual([1n]);
  });

  it('looks every fourth block further down, so that nobody is held up', async () => {
    const { read, asked } = chainWith(
      new Map([
        [keyOf(7n), [1n, 2n, 3n]],
        [keyOf(15n), [4n]],
      ]),
    );
    const lanes = [lane(7n), lane(15n)];
    const seen = [];
    for (const height of [8n, 12n, 16n, 24n]) seen.push(await read(height, ...lanes));
    expect(seen).toEqual([[1n, 2n], [4n], [3n], [1n, 2n]]);
    expect(asked.filter((question) => question.startsWith('page'))).toEqual([
      'page 55 0',
      'page 63 0',
      'page 55 2',
      'page 55 0',
    ]);
  });
});
