import { describe, expect, it } from 'vitest';
import { balanceOf, call, contractId, expectErr, expectOk } from '../../helpers/contracts.js';
import { STATUS, stateOf, statusesOf } from '../../helpers/tasks.js';
import { chainScene, deployHandler, deployWitness, enqueueWork, executeAll } from './handlers.js';

const { FAILED, QUEUED, RETRYING, SUCCEEDED } = STATUS;

describe('execute-tasks', () => {
  it('executes up to five tasks and answers what each paid', () => {
    const scene = chainScene(deployWitness());
    const ids = Array.from({ length: 5 }, (_, i) => enqueueWork(scene, { reward: BigInt(i + 1) }));

    const outcome = executeAll(
      ids.map((id) => [id, scene.handler]),
      scene.alice,
    );

    expect(outcome.result).toEqual({ ok: ids.map((_, i) => ({ ok: BigInt(i + 1) })) });
    expect(outcome.transfers).toEqual(
      ids.map((_, i) => ({ amount: BigInt(i + 1), from: scene.vault, to: scene.alice })),
    );
    expect(statusesOf(...ids)).toEqual(ids.map(() => SUCCEEDED));
    expect(stateOf(1n).worker).toBe(scene.alice);
  });

  it('leaves no trace of an item that is refused, and pays for its neighbours', () => {
    const scene = chainScene(deployWitness());
    const ids = [enqueueWork(scene), enqueueWork(scene), enqueueWork(scene)];
    const other = deployWitness('other');
    const before = stateOf(2n);

    const outcome = executeAll(
      [
        [1n, scene.handler],
        [2n, other], // refused after the task has begun
        [3n, scene.handler],
        [3n, scene.handler],
        [9n, scene.handler],
      ],
      scene.alice,
    );

    expect(outcome.result).toEqual({
      ok: [
        { ok: 1000n },
        { err: 'scheduler.ERR_HANDLER' },
        { ok: 1000n },
        { err: 'queue.ERR_STATE' },
        { err: 'queue.ERR_UNKNOWN_TASK' },
      ],
    });
    expect(stateOf(2n)).toEqual(before);
    expect(outcome.prints.filter(({ id }) => id === 2n)).toEqual([]);
    expect(statusesOf(...ids)).toEqual([SUCCEEDED, QUEUED, SUCCEEDED]);
    expect(balanceOf(scene.vault)).toBe(1000n);
    expect(expectOk(executeAll([[2n, scene.handler]], scene.alice))).toEqual([{ ok: 1000n }]);
  });

  it('keeps a failure of one item apart from the rest', () => {
    const body = '(if (is-eq payload 0x) (err u7) (ok {result: 0x, again: none}))';
    const scene = chainScene(deployHandler('choosy', body), { 'max-attempts': 1n });
    enqueueWork(scene, { payload: '0x01' });
    enqueueWork(scene, { payload: '0x' });
    enqueueWork(scene, { payload: '0x02' });
    const items = [1n, 2n, 3n].map((id) => [id, scene.handler] as const);

    expect(expectOk(executeAll(items, scene.alice))).toEqual([{ ok: 1000n }, { ok: 0n }, { ok: 1000n }]);

    expect(statusesOf(1n, 2n, 3n)).toEqual([SUCCEEDED, FAILED, SUCCEEDED]);
  });

  it('names what a task tried to take, and goes on with the next', () => {
    const scene = chainScene(
      deployHandler(
        'greedy',
        '(begin (try! (stx-transfer? u1 tx-sender .greedy)) (ok {result: 0x, again: none}))',
      ),
    );
    simnet.transferSTX(100, contractId('scheduler'), scene.stranger); // something to take
    enqueueWork(scene);
    enqueueWork(scene);

    const outcome = executeAll(
      [1n, 2n].map((id) => [id, scene.handler] as const),
      scene.alice,
    );

    expect(outcome.result).toEqual({ ok: [{ ok: 0n }, { ok: 0n }] });
    expect(outcome.transfers).toEqual([]);
    expect([1n, 2n].map((id) => stateOf(id))).toMatchObject([
      { status: RETRYING, code: 2128n },
      { status: RETRYING, code: 2128n },
    ]);
  });

  it('refuses an empty list', () => {
    const scene = chainScene(deployWitness());
    expectErr(executeAll([], scene.alice), 'scheduler.ERR_TOO_MANY');
  });

  it('is for workers', () => {
    const scene = chainScene(deployWitness());
    const id = enqueueWork(scene);
    for (const by of [scene.stranger, scene.producer]) {
      expectErr(executeAll([[id, scene.handler]], by), 'registry.ERR_ROLE');
    }
  });
});

describe('execute-one', () => {
  it('is for execute-tasks alone', () => {
    const scene = chainScene(deployWitness());
    const id = enqueueWork(scene);
    for (const by of [scene.alice, scene.deployer, scene.stranger]) {
      const outcome = call('scheduler', 'execute-one', [{ id, h: scene.handler }, by], by);
      expectErr(outcome, 'scheduler.ERR_SELF_ONLY');
    }
  });
});
