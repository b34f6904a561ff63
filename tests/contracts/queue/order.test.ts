import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { call, expectErr, expectOk, mineTogether, read } from '../../helpers/contracts.js';
import { enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  createAndSchedule,
  createTemplate,
  dequeueAs,
  dequeueFrom,
  enqueue,
  fail,
  stateOf,
  taskData,
  trigger,
} from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

/** Takes what a queue holds, one by one, and returns the ids in that order. */
function drain({ alice, deployer }: Scene, queue = 0n): bigint[] {
  expectOk(call('registry', 'set-capacity', [alice, 120n], deployer));
  const ids: bigint[] = [];
  for (;;) {
    const { result } = dequeueFrom(queue, 1n, alice);
    if ('err' in result) {
      expect(result.err).toBe('queue.ERR_EMPTY');
      return ids;
    }
    ids.push(...(result.ok as bigint[]));
  }
}

describe('the order of a queue', () => {
  it('is priority first, 15 the most urgent, then the order of entering', () => {
    const scene = standardScene();
    const priorities = [3n, 15n, 0n, 7n, 15n, 3n, 7n, 0n, 15n];
    enqueueAll(
      scene,
      priorities.map((priority) => ({ priority })),
    );

    expect(drain(scene)).toEqual([2n, 5n, 9n, 4n, 7n, 1n, 6n, 3n, 8n]);
  });

  it('is the same for a batch that runs through several lanes and ends inside one', () => {
    const scene = standardScene();
    const priorities = [3n, 15n, 0n, 7n, 15n, 3n, 7n, 0n, 15n];
    enqueueAll(
      scene,
      priorities.map((priority) => ({ priority })),
    );

    expect(expectOk(dequeueFrom(0n, 6n, scene.alice))).toEqual([2n, 5n, 9n, 4n, 7n, 1n]);
    expect(expectOk(dequeueFrom(0n, 6n, scene.bob))).toEqual([6n, 3n, 8n]);
  });

  it('holds in each of several queues, whatever the others do', () => {
    const scene = standardScene();
    const templates = ['a', 'b', 'c'].map((name) => {
      const queue = expectOk(
        call('factory', 'create-queue', [name, 0n, 0n, false, 0n], scene.deployer),
      ) as bigint;
      return createTemplate(1n, { queue }, scene.manager);
    });
    for (const priority of [1n, 9n, 1n, 15n]) {
      for (const template of templates) expectOk(enqueue(template, { priority }, scene.producer));
    }
    enqueueAll(scene, [{ priority: 2n }]);

    expect(drain(scene, 2n)).toEqual([11n, 5n, 2n, 8n]);
    expect(drain(scene)).toEqual([13n]);
    expect(drain(scene, 1n)).toEqual([10n, 4n, 1n, 7n]);
    expect(drain(scene, 3n)).toEqual([12n, 6n, 3n, 9n]);
  });

  it('lets a more urgent task that comes later go first', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);
    expect(expectOk(dequeueAs(scene.alice))).toEqual([1n]);

    enqueueAll(scene, [{ priority: 6n }]);

    expect(drain(scene)).toEqual([3n, 2n]);
  });

  it('puts a task that was triggered or retried where it enters, behind those that wait', () => {
    const scene = standardScene({ 'retry-delay': 4n });
    enqueueAll(scene, [{}, {}]); // 1, 2
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    const at = stateOf(1n).retry as bigint;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer)); // 3
    enqueueAll(scene, [{}]); // 4
    mineUntil(at);
    expectOk(trigger(CLOCK.stacks));
    enqueueAll(scene, [{}]); // 5

    expect(drain(scene)).toEqual([2n, 4n, 1n, 3n, 5n]);
  });

  it('follows the order of the transactions in one block', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    const at = nextHeight() + 3n;
    expectOk(call('scheduler', 'schedule-task', [1n, at], scene.producer));
    mineUntil(at);

    mineTogether([
      ['queue', 'enqueue-task', [scene.template, taskData()], scene.producer],
      ['scheduler', 'trigger-due-tasks', [CLOCK.stacks, 20n], scene.stranger],
      ['queue', 'enqueue-task', [scene.template, taskData()], scene.producer],
    ]).forEach(expectOk);

    expect([1n, 2n, 3n].map((id) => stateOf(id).seq)).toEqual([2n, 1n, 3n]);
    expect(drain(scene)).toEqual([2n, 1n, 3n]);
  });
});

// What is cancelled, in that order, out of tasks 1 to 8 of one lane.
const patterns: readonly (readonly bigint[])[] = [
  [1n],
  [8n],
  [4n],
  [1n, 2n, 3n],
  [3n, 2n, 1n],
  [8n, 7n, 6n],
  [6n, 7n, 8n],
  [3n, 5n],
  [3n, 5n, 4n],
  [4n, 3n, 5n],
  [2n, 4n, 6n, 8n],
  [1n, 3n, 5n, 7n],
  [2n, 3n, 5n, 6n, 4n],
  [2n, 3n, 4n, 5n, 6n, 7n],
  [7n, 6n, 5n, 4n, 3n, 2n],
  [5n, 4n, 6n, 3n, 7n, 2n, 8n],
  [4n, 5n, 3n, 6n, 2n, 7n, 1n],
  [2n, 3n, 1n],
  [6n, 7n, 8n, 5n],
  [1n, 8n, 2n, 7n, 3n, 6n, 4n, 5n],
];

describe('a lane out of which tasks were cancelled', () => {
  it.each(patterns.map((pattern) => [pattern.join(' '), pattern] as const))(
    'keeps the order of the rest after %s',
    (_, cancelled) => {
      const scene = standardScene();
      const ids = enqueueAll(scene, many(8));
      for (const id of cancelled) expectOk(cancel(id, scene.producer));
      const rest = ids.filter((id) => !cancelled.includes(id));
      expect(read('queue', 'get-queue-status', 0n)).toMatchObject({ ok: { waiting: BigInt(rest.length) } });

      const [later] = enqueueAll(scene, [{}]);

      const half = Math.ceil(rest.length / 2);
      if (half > 0) expect(expectOk(dequeueFrom(0n, BigInt(half), scene.alice))).toEqual(rest.slice(0, half));
      expect(drain(scene)).toEqual([...rest.slice(half), later]);
    },
  );

  it('keeps the order when tasks leave at its head and out of its middle by turns', () => {
    const scene = standardScene();
    enqueueAll(scene, many(10));
    expectOk(cancel(3n, scene.producer));
    expectOk(cancel(4n, scene.producer));
    expect(expectOk(dequeueFrom(0n, 2n, scene.alice))).toEqual([1n, 2n]);
    expectOk(cancel(5n, scene.producer)); // its dead run starts before the head
    expectOk(cancel(7n, scene.producer));
    expect(expectOk(dequeueFrom(0n, 1n, scene.alice))).toEqual([6n]);
    expectOk(cancel(8n, scene.producer));
    expectOk(cancel(10n, scene.producer));

    expect(read('queue', 'get-queue-status', 0n)).toMatchObject({ ok: { waiting: 1n } });
    expect(drain(scene)).toEqual([9n]);
  });

  it('is empty when all are gone, and starts anew', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ priority: 9n }, { priority: 9n }, {}]);
    expectOk(cancel(1n, scene.producer));
    expectOk(cancel(2n, scene.producer));

    expect(expectOk(dequeueAs(scene.alice))).toEqual([3n]);
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
    enqueueAll(scene, [{ priority: 9n }]);
    expect(expectOk(dequeueAs(scene.alice))).toEqual([4n]);
  });
});
