import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { expectErr, expectOk } from '../../helpers/contracts.js';
import { runningScene } from '../../helpers/scene.js';
import { heartbeat, reclaim, stateOf } from '../../helpers/tasks.js';

describe('heartbeat-task', () => {
  it('extends the lease to so many blocks from now', () => {
    const scene = runningScene();
    const before = stateOf(1n);
    const until = nextHeight() + 30n;

    expect(heartbeat(1n, 1n, 30n, scene.alice)).toEqual({
      result: { ok: until },
      prints: [
        { topic: 'task-heartbeat', id: 1n, ...before, until },
        { topic: 'task-progressed', id: 1n, attempt: 1n, progress: '0x01' },
      ],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual({ ...before, until });
  });

  it('never shortens a lease', () => {
    const scene = runningScene();
    const { until } = stateOf(1n);
    expect(expectOk(heartbeat(1n, 1n, 1n, scene.alice))).toBe(until);
    expect(stateOf(1n).until).toBe(until);
  });

  it('extends an attempt to the longest lease of its template and no further', () => {
    const scene = runningScene({ 'max-lease': 40n });
    const bound = (stateOf(1n).claimed as bigint) + 40n;

    expect(expectOk(heartbeat(1n, 1n, 4000n, scene.alice))).toBe(bound);
    mineUntil(bound + 5n);
    expect(expectOk(heartbeat(1n, 1n, 4000n, scene.alice))).toBe(bound);
    expect(expectOk(reclaim([1n], scene.bob))).toEqual([{ ok: nextHeight() - 1n + 4n }]);
  });

  it('takes from 1 to 4,000 blocks', () => {
    const scene = runningScene({ 'max-lease': 40000n });
    expectErr(heartbeat(1n, 1n, 0n, scene.alice), 'control.ERR_TIME');
    expectErr(heartbeat(1n, 1n, 4001n, scene.alice), 'control.ERR_TIME');
    const until = nextHeight() + 4000n;
    expect(expectOk(heartbeat(1n, 1n, 4000n, scene.alice))).toBe(until);
  });
});
