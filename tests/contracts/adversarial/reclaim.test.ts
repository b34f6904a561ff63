import { describe, expect, it } from 'vitest';
import { expectErr, expectOk, read } from '../../helpers/contracts.js';
import { dequeueAs, enqueue, STATUS, stateOf } from '../../helpers/tasks.js';
import { enqueueWork, execute, executeAll } from '../scheduler/handlers.js';
import { type Arena, arena, mixedBatch } from './arena.js';
import { changesSince, worths } from './worth.js';

// The attempt of an execution ends in its block, so that anyone may reclaim it while its handler runs. There is no
// control: the naive dispatcher of the other attacks knows no attempts.
const RECLAIM = '(try! (contract-call? .task-control reclaim-leases (list id)))';

/** Alice holds a lease of off-chain work, in the slot whose number an execution bears too. */
function leasedArena(body: string): Arena {
  const scene = arena('reclaiming', { body });
  expectOk(enqueue(scene.template - 1n, {}, scene.producer)); // of the standard scene
  expectOk(dequeueAs(scene.alice));
  return scene;
}

describe('a handler that reclaims the attempt that runs it', () => {
  it('has its execution undone, and costs its executor neither its lease nor its standing', () => {
    const scene = leasedArena(`(begin ${RECLAIM} (ok {result: 0x, again: none}))`);
    const worker = read('registry', 'get-worker', scene.alice);
    const id = enqueueWork(scene);
    const state = stateOf(id);
    const before = worths();

    expectErr(execute(scene, id), 'queue.ERR_STATE');

    expect(stateOf(id)).toEqual(state);
    expect(read('registry', 'get-worker', scene.alice)).toEqual(worker);
    expect(worker).toMatchObject({ mask: 1n, abandoned: 0n });
    expect(changesSince(before)).toEqual({});
  });

  it('hinders no neighbour in a batch', () => {
    const scene = leasedArena(`(begin ${RECLAIM} (ok {result: 0x, again: none}))`);
    const batch = mixedBatch(scene);
    const before = worths();

    const outcome = executeAll(batch, scene.alice);

    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { err: 'queue.ERR_STATE' }, { ok: 1000n }] });
    expect(changesSince(before)).toEqual({ [scene.producer]: -2000n, [scene.alice]: 2000n });
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 1n, abandoned: 0n });
  });

  it('has the reclaim undone, not the attempt, when it then fails', () => {
    const scene = leasedArena(`(begin ${RECLAIM} (err u7))`);
    const id = enqueueWork(scene);
    const before = worths();

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: 7n, attempts: 1n });
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ mask: 1n, abandoned: 0n });
    expect(changesSince(before)).toEqual({});
  });
});
