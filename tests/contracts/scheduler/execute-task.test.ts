import { describe, expect, it } from 'vitest';
import {
  CLOCK,
  mineUntil,
  mineUntilTime,
  nextBurnHeight,
  nextHeight,
  nextTime,
} from '../../helpers/clocks.js';
import { balanceOf, call, contractId, expectErr, expectOk, read } from '../../helpers/contracts.js';
import {
  cancel,
  createAndSchedule,
  dequeueAs,
  enqueue,
  STATUS,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';
import {
  ask,
  chainScene,
  DONE,
  deployHandler,
  deployWitness,
  enqueueWork,
  execute,
  executeWith,
  pinned,
} from './handlers.js';

const EXECUTE = 4n;
const CODE = { violation: 2000n, noStep: 2200n, againPast: 2201n, notReady: 2999n };

describe('execute-task', () => {
  it('runs the handler of a queued task, keeps its result and pays the executor', () => {
    const scene = chainScene(deployWitness());
    const id = enqueueWork(scene, { payload: '0x0102' });
    const before = stateOf(id);
    const height = nextHeight();

    const outcome = execute(scene, id);

    expect(outcome.result).toEqual({ ok: 1000n });
    expect(outcome.transfers).toEqual([{ amount: 1000n, from: scene.vault, to: scene.alice }]);
    expect(stateOf(id)).toEqual({
      ...before,
      status: STATUS.SUCCEEDED,
      attempts: 1n,
      worker: scene.alice,
      claimed: height,
      until: height,
      price: 1000n,
      escrow: 0n,
      list: 0n,
      seq: 0n,
      result: '0xaa',
      ended: height,
    });
    expect(outcome.prints.at(-1)).toEqual({ topic: 'task-completed', id, ...stateOf(id) });
    const scheduler = contractId('scheduler');
    expect(ask('witness', 'get-seen')).toEqual({
      id,
      payload: '0x0102',
      sender: scheduler,
      caller: scheduler,
    });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('runs a scheduled task from its instant on, without a trigger', () => {
    const scene = chainScene(deployWitness());
    const at = nextHeight() + 10n;
    const id = expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer)) as bigint;
    mineUntil(at - 1n);
    expectErr(execute(scene, id), 'queue.ERR_NOT_DUE');

    expect(expectOk(execute(scene, id))).toBe(1000n);

    expect(stateOf(id).status).toBe(STATUS.SUCCEEDED);
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ due: 0n });
  });

  it('takes a task out of the middle of its lane', () => {
    const scene = chainScene(deployWitness());
    const ids = [enqueueWork(scene), enqueueWork(scene), enqueueWork(scene)];
    const queue = (stateOf(ids[0] as bigint).lane as bigint) / 16n;
    expectOk(execute(scene, ids[1] as bigint));
    expect(read('queue', 'get-queue-status', queue)).toMatchObject({ ok: { waiting: 2n } });
    for (const id of [ids[2], ids[0]]) expectOk(execute(scene, id as bigint));
    expect(read('queue', 'get-queue-status', queue)).toMatchObject({ ok: { waiting: 0n } });
  });

  it('counts for the worker and leaves the leases that it holds alone', () => {
    const scene = chainScene(deployWitness());
    const offchain = standardTemplate(scene.template);
    expectOk(enqueue(offchain, {}, scene.producer));
    expectOk(dequeueAs(scene.alice)); // in slot 0
    const before = read('registry', 'get-worker', scene.alice) as { mask: bigint };

    expectOk(execute(scene, enqueueWork(scene)));

    expect(before.mask).toBe(1n);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({
      mask: 1n,
      succeeded: 1n,
      earned: 1000n,
    });
  });

  it('refuses what is not waiting, not on-chain or unknown', () => {
    const scene = chainScene(deployWitness());
    const offchain = expectOk(enqueue(standardTemplate(scene.template), {}, scene.producer)) as bigint;
    const [done, gone, held] = [enqueueWork(scene), enqueueWork(scene), enqueueWork(scene, { hold: true })];
    expectOk(execute(scene, done));
    expectOk(cancel(gone, scene.producer));

    expectErr(execute(scene, offchain), 'queue.ERR_KIND');
    expectErr(execute(scene, done), 'queue.ERR_STATE');
    expectErr(execute(scene, gone), 'queue.ERR_STATE');
    expectErr(execute(scene, held), 'queue.ERR_NOT_DUE');
    expectErr(execute(scene, 9n), 'queue.ERR_UNKNOWN_TASK');
  });

  it('refuses a task from its deadline on, not before', () => {
    const scene = chainScene(deployWitness());
    const deadline = nextTime() + 100n;
    const ids = [enqueueWork(scene, { deadline }), enqueueWork(scene, { deadline })] as const;
    mineUntilTime(deadline - 10n);
    expectOk(execute(scene, ids[0]));

    expectErr(execute(scene, ids[1]), 'queue.ERR_DEADLINE');

    expect(stateOf(ids[1])).toMatchObject({ status: STATUS.QUEUED, attempts: 0n });
  });

  it('refuses another handler than the one of the template the task was made with', () => {
    const scene = chainScene(deployWitness());
    const id = enqueueWork(scene);
    const other = deployWitness('other');
    expectErr(executeWith(other, id, scene.alice), 'scheduler.ERR_HANDLER');
    const { config } = read('factory', 'get-task-template', scene.template) as {
      config: { [key: string]: bigint };
    };
    const updated = { ...config, handler: pinned(other) };
    expectOk(call('factory', 'update-task-template', [scene.template, updated], scene.manager));

    expectErr(executeWith(other, id, scene.alice), 'scheduler.ERR_HANDLER');
    expectOk(execute(scene, id));
    expectOk(executeWith(other, enqueueWork(scene), scene.alice));
  });

  it('is for workers, or for anyone where the parameter says so, and stops while execution is paused', () => {
    const scene = chainScene(deployWitness());
    const id = enqueueWork(scene);
    for (const by of [scene.stranger, scene.producer]) expectErr(execute(scene, id, by), 'registry.ERR_ROLE');
    expectOk(call('registry', 'set-param', ['open-execute', 1n], scene.deployer));
    expectOk(call('registry', 'pause', [EXECUTE], scene.deployer));
    expectErr(execute(scene, id, scene.stranger), 'registry.ERR_PAUSED');
    expectOk(call('registry', 'unpause', [EXECUTE], scene.deployer));
    expect(expectOk(execute(scene, id, scene.stranger))).toBe(1000n);
  });
});

describe('a handler that answers an error', () => {
  it('has its writes undone, and the task another attempt with its code', () => {
    const body = '(begin (var-set runs u1) (if (is-eq payload 0x) (err u7) (ok {result: 0x, again: none})))';
    const before = '(define-data-var runs uint u0) (define-read-only (get-runs) (var-get runs))';
    const scene = chainScene(deployHandler('failing', body, before), { 'max-attempts': 2n });
    const id = enqueueWork(scene, { payload: '0x' });
    const retry = nextHeight() + 4n;

    const outcome = execute(scene, id);

    expect(outcome.result).toEqual({ ok: 0n });
    expect(outcome.transfers).toEqual([]);
    expect(ask('failing', 'get-runs')).toBe(0n);
    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: 7n, attempts: 1n, retry });
    expectErr(execute(scene, id), 'queue.ERR_NOT_DUE');
    mineUntil(retry);
    const last = execute(scene, id);
    expect(last.transfers).toEqual([{ amount: 1000n, from: scene.vault, to: scene.producer }]);
    expect(stateOf(id)).toMatchObject({ status: STATUS.FAILED, code: 7n, attempts: 2n });
  });

  it('costs no attempt when it says that it is not ready', () => {
    const scene = chainScene(
      deployHandler('unready', '(if true (err u2999) (ok {result: 0x, again: none}))'),
      {
        'max-attempts': 1n,
      },
    );
    const id = enqueueWork(scene);
    for (let i = 0; i < 3; i++) {
      expect(expectOk(execute(scene, id))).toBe(0n);
      expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: CODE.notReady, attempts: 0n });
      mineUntil(stateOf(id).retry as bigint);
    }
    expect(balanceOf(scene.vault)).toBe(1000n);
  });
});

describe('a handler that continues its task', () => {
  const deployContinuing = (again: string) =>
    deployHandler(
      'continuing',
      `(ok {result: payload512, again: (some ${again})})`.replace('payload512', '0xbb'),
    );

  it('is paid for each step and runs again with what it left, until its steps are used up', () => {
    const scene = chainScene(
      deployHandler(
        'chained',
        `(ok {result: 0xbb, again: (some {clock: u1, at: (+ burn-block-height u2),
          payload: (unwrap! (as-max-len? (concat payload 0x01) u1024) (err u1))})})`,
      ),
      { 'max-steps': 3n },
    );
    const id = enqueueWork(scene, { payload: '0x00' });
    expect(balanceOf(scene.vault)).toBe(3000n);

    const first = execute(scene, id);
    const at = nextBurnHeight() + 2n;
    expect(first.result).toEqual({ ok: 1000n });
    expect(stateOf(id)).toMatchObject({
      status: STATUS.PENDING,
      clock: CLOCK.burn,
      steps: 2n,
      result: '0xbb',
    });
    expect(read('control', 'get-input', id)).toBe('0x0001');
    expectErr(execute(scene, id), 'queue.ERR_NOT_DUE');
    simnet.mineEmptyBurnBlocks(2);
    expect(nextBurnHeight()).toBeGreaterThanOrEqual(at);
    expect(expectOk(execute(scene, id))).toBe(1000n);
    expect(read('control', 'get-input', id)).toBe('0x000101');
    simnet.mineEmptyBurnBlocks(2);

    const last = execute(scene, id);

    expect(last.result).toEqual({ ok: 1000n });
    expect(stateOf(id)).toMatchObject({ status: STATUS.SUCCEEDED, code: CODE.noStep, result: '0xbb' });
    expect(balanceOf(scene.vault)).toBe(0n);
    expect(read('registry', 'get-worker', scene.alice)).toMatchObject({ succeeded: 3n, earned: 3000n });
  });

  it('gives back the steps that it does not use', () => {
    const scene = chainScene(deployHandler('single', DONE), { 'max-steps': 5n });
    const id = enqueueWork(scene);

    const { transfers } = execute(scene, id);

    expect(transfers).toHaveLength(2);
    expect(transfers).toContainEqual({ amount: 1000n, from: scene.vault, to: scene.alice });
    expect(transfers).toContainEqual({ amount: 4000n, from: scene.vault, to: scene.producer });
  });

  it.each([
    ['now', '{clock: u0, at: stacks-block-height, payload: 0x}'],
    ['the past', '{clock: u2, at: u1, payload: 0x}'],
    ['no clock', '{clock: u3, at: u99999, payload: 0x}'],
    ['an instant beyond the index', '{clock: u0, at: u34359738368, payload: 0x}'],
    ['the end of numbers', '{clock: u0, at: u340282366920938463463374607431768211455, payload: 0x}'],
  ])('succeeds with a code when it names %s', (_, again) => {
    const scene = chainScene(deployContinuing(again), { 'max-steps': 2n });
    const id = enqueueWork(scene);
    expect(expectOk(execute(scene, id))).toBe(1000n);
    expect(stateOf(id)).toMatchObject({ status: STATUS.SUCCEEDED, code: CODE.againPast, result: '0xbb' });
    expect(balanceOf(scene.vault)).toBe(0n);
  });
});

/** The off-chain template that every standard scene makes first. */
function standardTemplate(template: bigint): bigint {
  return template - 1n;
}
