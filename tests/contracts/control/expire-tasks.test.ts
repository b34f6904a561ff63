import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntilTime, nextHeight, nextTime } from '../../helpers/clocks.js';
import { balanceOf, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  createAndSchedule,
  creditsOf,
  dequeueAs,
  enqueue,
  expire,
  fail,
  releaseChildren,
  STATUS,
  stateOf,
  statusesOf,
} from '../../helpers/tasks.js';

const { CANCELLED, EXPIRED, PENDING } = STATUS;

describe('expire-tasks', () => {
  it('ends a task whose deadline has passed and refunds its owner, whoever calls', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }]);
    mineUntilTime(deadline);
    const owner = balanceOf(scene.producer);
    const ended = nextHeight();

    const outcome = expire([1n], scene.stranger);

    const state = queuedState({ status: EXPIRED, escrow: 0n, expires: deadline, list: 0n, seq: 0n, ended });
    expect(outcome).toEqual({
      result: { ok: [{ ok: EXPIRED }] },
      prints: [{ topic: 'task-expired', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.producer)).toBe(owner + 1000n);
    expect(creditsOf(scene.producer)).toBe(0n);
    expectErr(dequeueAs(scene.alice), 'queue.ERR_EMPTY');
  });

  it('works from the deadline on, not before', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }]);
    mineUntilTime(deadline - 10n);
    expect(expectOk(expire([1n], scene.stranger))).toEqual([{ err: 'control.ERR_NOT_LATE' }]);
    expect(expectOk(expire([1n], scene.stranger))).toEqual([{ ok: EXPIRED }]);
  });

  it('ends tasks wherever they wait: held, for a parent, for their time, for another attempt', () => {
    const scene = standardScene({ 'retry-delay': 50n, 'ttl-seconds': 1_000_000n });
    const deadline = nextTime() + 200n;
    enqueueAll(scene, [
      { deadline, priority: 9n },
      { deadline, hold: true },
    ]);
    expectOk(enqueue(scene.template, { deadline, parents: [1n] }, scene.producer));
    expectOk(
      createAndSchedule(scene.template, { deadline }, CLOCK.stacks, nextHeight() + 99n, scene.producer),
    );
    expectOk(dequeueAs(scene.alice));
    expectOk(fail(1n, 1n, scene.alice));
    mineUntilTime(deadline);

    expect(expectOk(expire([1n, 2n, 3n, 4n], scene.bob))).toEqual([
      { ok: EXPIRED },
      { ok: EXPIRED },
      { ok: EXPIRED },
      { ok: EXPIRED },
    ]);

    expect(balanceOf(scene.vault)).toBe(0n);
    expect(read('index', 'get-next')).toMatchObject({ due: [null, null, null] });
    expectOk(releaseChildren(8n)); // 3 is over already
    expect(stateOf(3n).status).toBe(EXPIRED);
  });

  it('lets the children go their way once they are released', () => {
    const scene = standardScene();
    const deadline = nextTime() + 100n;
    enqueueAll(scene, [{ deadline }]);
    enqueueAll(scene, [{ parents: [1n] }]);
    mineUntilTime(deadline);
    expectOk(expire([1n], scene.stranger));
    expect(stateOf(2n).status).toBe(PENDING);

    expectOk(releaseChildren(1n));

    expect(stateOf(2n)).toMatchObject({ status: CANCELLED, code: 1209n });
  });

  it('judges each item by itself', () => {
    const scene = standardScene();
    const deadline = nextTime() + 200n;
    enqueueAll(scene, [{ deadline, priority: 9n }, { deadline }, {}, { deadline }]);
    expectOk(dequeueAs(scene.alice));
    expectOk(cancel(2n, scene.producer));
    mineUntilTime(deadline);

    expect(expectOk(expire([7n, 1n, 2n, 3n, 4n], scene.stranger))).toEqual([
      { err: 'control.ERR_UNKNOWN_TASK' },
      { err: 'control.ERR_STATE' },
      { err: 'control.ERR_STATE' },
      { err: 'control.ERR_NOT_LATE' },
      { ok: EXPIRED },
    ]);
    expect(statusesOf(1n, 2n, 3n, 4n)).toEqual([STATUS.RUNNING, CANCELLED, STATUS.QUEUED, EXPIRED]);
  });

  it('takes from 1 to 12 items, each once', () => {
    const { stranger } = standardScene();
    const twelve = Array.from({ length: 12 }, (_, i) => BigInt(i + 1));
    expectErr(expire([], stranger), 'control.ERR_TOO_MANY');
    expectErr(expire([1n, 1n], stranger), 'control.ERR_TWICE');
    expect(expectOk(expire(twelve, stranger))).toEqual(
      twelve.map(() => ({ err: 'control.ERR_UNKNOWN_TASK' })),
    );
    expect(() => expire([...twelve, 13n], stranger)).toThrow(/TypeValueError/);
  });
});
