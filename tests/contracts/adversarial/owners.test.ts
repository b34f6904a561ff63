import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, mineUntilTime, nextHeight, nextTime } from '../../helpers/clocks.js';
import type { ErrorName } from '../../helpers/contract-errors.js';
import { balanceOf, callDeployed, expectErr, expectOk, mineTogether } from '../../helpers/contracts.js';
import { runningScene, type Scene } from '../../helpers/scene.js';
import {
  createAndSchedule,
  enqueue,
  expire,
  ROLE,
  registerCoordinator,
  STATUS,
  stateOf,
  statusesOf,
  topUp,
} from '../../helpers/tasks.js';
import { DONE, enqueueWork, execute, executeAll } from '../scheduler/handlers.js';
import {
  cancelSeries,
  codeOf,
  createSeries,
  SERIES,
  seriesOf,
  startSeries,
  topUpSeries,
} from '../scheduler/series.js';
import { createTopic, subscribe } from '../topics/topics.js';
import { arena, dataText } from './arena.js';
import { ALL_ACTIVITIES, type Call, executeCall, onlyScene, updated } from './flip.js';
import { changesSince, worths } from './worth.js';

// There are no controls here: the naive dispatcher of the other attacks knows neither owners nor conditions.

describe('an execution before which', () => {
  it('the owner spends all that it has is paid from the escrow', () => {
    const scene = onlyScene();
    const id = enqueueWork(scene);
    const all = balanceOf(scene.producer);
    const before = worths();
    simnet.transferSTX(Number(all), scene.bob, scene.producer);

    expect(expectOk(execute(scene, id))).toBe(1000n);

    expect(changesSince(before)).toEqual({
      [scene.producer]: -all - 1000n,
      [scene.bob]: all,
      [scene.alice]: 1000n,
    });
  });

  it('the deadline passes is refused, and whoever expires the task sends the reward back', () => {
    const scene = onlyScene();
    const before = worths();
    const deadline = nextTime() + 50n;
    const id = enqueueWork(scene, { deadline });
    mineUntilTime(deadline);

    expectErr(execute(scene, id), 'queue.ERR_DEADLINE');

    expectOk(expire([id], scene.stranger));
    expect(stateOf(id)).toMatchObject({ status: STATUS.EXPIRED, escrow: 0n });
    expect(changesSince(before)).toEqual({});
  });
});

describe('the execution of a scheduled task that is due, before which its owner', () => {
  it.each([
    ['cancels it', 'cancel-scheduled-task', [], 'queue.ERR_STATE'],
    ['takes its time away', 'unschedule-task', [], 'queue.ERR_NOT_DUE'],
    ['puts it off', 'schedule-task', [500n], 'queue.ERR_NOT_DUE'],
  ] as const)('%s, is refused and moves nothing', (_, name, args, error) => {
    const scene = onlyScene();
    const at = nextHeight() + 5n;
    const id = expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer)) as bigint;
    mineUntil(at);
    const before = worths();

    const [changed, executed] = mineTogether([
      ['scheduler', name, [id, ...args], scene.producer],
      executeCall(scene, id),
    ]);

    expectOk(changed as NonNullable<typeof changed>);
    expectErr(executed as NonNullable<typeof executed>, error);
    expect(changesSince(before)).toEqual({});
  });
});

describe('a series whose owner', () => {
  it('cancels it right before its run loses nothing, and the executor gets nothing', () => {
    const scene = onlyScene();
    const before = worths();
    const { n, at } = startSeries(scene);
    mineUntil(at);

    const outcomes = mineTogether([
      ['scheduler', 'cancel-series', [n], scene.producer],
      executeCall(scene, 1n),
    ]);

    expect(outcomes.map(({ result }) => result)).toEqual([{ ok: 2000n }, { err: 'queue.ERR_STATE' }]);
    expect(changesSince(before)).toEqual({});
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('lets it run dry pays for the run that is there, and it stands down', () => {
    const scene = onlyScene();
    const before = worths();
    const { n, at } = startSeries(scene, { runs: 3n });
    mineUntil(at);

    const [, executed] = mineTogether([updated(scene, { 'max-steps': 3n }), executeCall(scene, 1n)]);

    expect(executed?.result).toEqual({ ok: 1000n });
    const reason = codeOf('factory.ERR_INSUFFICIENT');
    expect(seriesOf(n)).toMatchObject({ status: SERIES.stoodDown, reason, left: 2n });
    expect(expectOk(cancelSeries(n, scene.producer))).toBe(2000n);
    expect(changesSince(before)).toEqual({ [scene.producer]: -1000n, [scene.alice]: 1000n });
  });
});

describe('an owner with too little', () => {
  it('makes no task, series or subscription, and tops none up', () => {
    const scene = onlyScene();
    const { producer } = scene;
    const id = enqueueWork(scene);
    const { n } = startSeries(scene);
    expectOk(registerCoordinator(scene.stranger, ROLE.publisher));
    expectOk(createTopic(scene.stranger));
    simnet.transferSTX(Number(balanceOf(producer) - 999n), scene.bob, producer);
    const before = worths();

    const outcomes = [
      enqueue(scene.template, {}, producer),
      createAndSchedule(scene.template, {}, CLOCK.stacks, nextHeight() + 5n, producer),
      createSeries(scene),
      topUpSeries(n, 1n, producer),
      subscribe(scene),
      topUp(id, 1000n, producer),
    ];

    for (const outcome of outcomes) expectErr(outcome, 'queue.ERR_INSUFFICIENT');
    expect(changesSince(before)).toEqual({});
  });
});

describe('the completion of an attempt before which', () => {
  type Before = readonly [what: string, call: (scene: Scene) => Call, refusal: ErrorName | undefined];
  const CALLS: readonly Before[] = [
    ['its owner asks to stop', (s) => ['control', 'cancel-task', [1n], s.producer], undefined],
    ['a worker is suspended', (s) => ['registry', 'suspend-coordinator', [s.alice], s.deployer], undefined],
    ['everything is paused', (s) => ['registry', 'pause', [ALL_ACTIVITIES], s.deployer], undefined],
    ['its template goes out of use', (s) => ['factory', 'set-active', [1n, false], s.manager], undefined],
    ['a stranger reclaims too early', (s) => ['control', 'reclaim-leases', [[1n]], s.stranger], undefined],
    [
      'an admin tries to remove the worker',
      (s) => ['registry', 'remove-coordinator', [s.alice], s.deployer],
      'registry.ERR_BUSY',
    ],
    [
      'its owner tries to raise the reward',
      (s) => ['control', 'top-up-task', [1n, 5n], s.producer],
      'control.ERR_STATE',
    ],
  ];

  it.each(CALLS)('%s is paid', (_, callBefore, refusal) => {
    const scene = runningScene();
    const before = worths();

    const [tried, completed] = mineTogether([
      callBefore(scene),
      ['queue', 'complete-task', [1n, 1n, '0x01'], scene.alice],
    ]);

    expect(tried?.result.err).toBe(refusal);
    expect(completed?.result).toEqual({ ok: 1000n });
    expect(changesSince(before)).toEqual({ [scene.producer]: -1000n, [scene.alice]: 1000n });
  });
});

describe('an owner whose handler cancels the next item of the batch', () => {
  it('has it back, the executor one reward less, and the others are executed', () => {
    const body = `(begin (and (is-eq id u1) (try! (contract-call? .task-control cancel-task u2))) ${DONE})`;
    const before = `(define-public (enqueue) (as-contract? ((with-stx u1000))
      (try! (contract-call? .async-queue enqueue-task u2 ${dataText(1000)}))))`;
    const scene = arena('fickle', { body, before });
    expectOk(registerCoordinator(scene.handler, ROLE.producer));
    simnet.transferSTX(2000, scene.handler, scene.stranger);
    for (let i = 0; i < 2; i++) expectOk(callDeployed('fickle', 'enqueue', [], scene.stranger));
    enqueueWork(scene.innocent);
    const worth = worths();

    const items = [scene.handler, scene.handler, scene.innocent.handler].map(
      (handler, i) => [BigInt(i) + 1n, handler] as const,
    );
    const outcome = executeAll(items, scene.alice);

    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { err: 'queue.ERR_STATE' }, { ok: 1000n }] });
    expect(statusesOf(1n, 2n, 3n)).toEqual([STATUS.SUCCEEDED, STATUS.CANCELLED, STATUS.SUCCEEDED]);
    expect(changesSince(worth)).toEqual({
      [scene.handler]: -1000n,
      [scene.producer]: -1000n,
      [scene.alice]: 2000n,
    });
  });
});
