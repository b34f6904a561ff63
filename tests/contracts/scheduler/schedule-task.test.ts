import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextBurnHeight, nextHeight, nextTime } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, queuedState, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  createAndSchedule,
  dequeueAs,
  enqueue,
  fail,
  GATE,
  lastId,
  STATUS,
  schedule,
  stateOf,
  taskOf,
  trigger,
} from '../../helpers/tasks.js';

const BEYOND = 2n ** 35n;
const SCHEDULE = 16n;
const bucketOf = (clock: bigint, at: bigint) => 2n ** 64n + clock * 2n ** 40n + at;

const clocks = [
  ['the Stacks height', CLOCK.stacks, nextHeight],
  ['the Bitcoin height', CLOCK.burn, nextBurnHeight],
  ['the block time', CLOCK.time, nextTime],
] as const;

describe('schedule-task', () => {
  it('gives a held task its Stacks height', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);

    const outcome = call('scheduler', 'schedule-task', [1n, 700n], scene.producer);

    const place = { list: bucketOf(CLOCK.stacks, 700n), seq: 1n, clock: CLOCK.stacks, at: 700n };
    const state = queuedState({ status: STATUS.PENDING, gate: GATE.TIME, ...place });
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-scheduled', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(read('index', 'get-due', CLOCK.stacks)).toEqual([{ at: 700n, lane: 5n, id: 1n }]);
  });
});

describe.each(clocks)('schedule-task-on, by %s', (_, clock, now) => {
  it('gives a held task its time', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    const at = now() + 100n;

    const outcome = schedule(1n, clock, at, scene.producer);

    const place = { list: bucketOf(clock, at), seq: 1n, clock, at };
    const state = queuedState({ status: STATUS.PENDING, gate: GATE.TIME, ...place });
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-scheduled', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
  });

  it('takes an instant later than now and inside the index', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    expectErr(schedule(1n, clock, 0n, scene.producer), 'scheduler.ERR_PAST');
    expectErr(schedule(1n, clock, now() - 1n, scene.producer), 'scheduler.ERR_PAST');
    expectErr(schedule(1n, clock, now(), scene.producer), 'scheduler.ERR_PAST');
    expectErr(schedule(1n, clock, BEYOND, scene.producer), 'control.ERR_TIME');
    expect(stateOf(1n)).toMatchObject({ seq: 0n });

    expectOk(schedule(1n, clock, now() + 1n, scene.producer));
    expectOk(schedule(1n, clock, BEYOND - 1n, scene.producer));
    expect(read('index', 'get-first-due', clock)).toBe(BEYOND - 1n);
  });

  it('is the same for create-and-schedule', () => {
    const { producer, template, vault } = standardScene();
    for (const at of [0n, now() - 1n, now()]) {
      expectErr(createAndSchedule(template, {}, clock, at, producer), 'scheduler.ERR_PAST');
    }
    expectErr(createAndSchedule(template, {}, clock, BEYOND, producer), 'factory.ERR_TIME');
    expect(balanceOf(vault)).toBe(0n);

    expectOk(createAndSchedule(template, {}, clock, now() + 1n, producer));
    expectOk(createAndSchedule(template, {}, clock, BEYOND - 1n, producer));
  });
});

describe('schedule-task-on', () => {
  it('moves a scheduled task to another time, also of another clock', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    expectOk(schedule(1n, CLOCK.stacks, 700n, scene.producer));

    expectOk(schedule(1n, CLOCK.burn, 900n, scene.producer));

    expect(stateOf(1n)).toMatchObject({ clock: CLOCK.burn, at: 900n, list: bucketOf(CLOCK.burn, 900n) });
    expect(read('scheduler', 'get-scheduled-tasks')).toEqual({
      stacks: [],
      burn: [{ at: 900n, lane: 5n, id: 1n }],
      time: [],
    });
  });

  it('refuses a clock that is none of the three', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    expectErr(schedule(1n, 3n, 5000n, scene.producer), 'scheduler.ERR_CLOCK');
    expectErr(createAndSchedule(scene.template, {}, 3n, 5000n, scene.producer), 'scheduler.ERR_CLOCK');
  });

  it('refuses a task that is not held or scheduled', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, { priority: 9n }, { priority: 8n }]);
    expectOk(dequeueAs(scene.alice)); // 2
    expectOk(dequeueAs(scene.alice)); // 3
    expectOk(fail(3n, 1n, scene.alice));
    enqueueAll(scene, [{}]);
    expectOk(cancel(4n, scene.producer));

    for (const id of [1n, 2n, 3n, 4n]) {
      expectErr(schedule(id, CLOCK.stacks, 5000n, scene.producer), 'control.ERR_STATE');
    }
  });

  it('refuses an id that is no task', () => {
    const { producer } = standardScene();
    expectErr(schedule(1n, CLOCK.stacks, 5000n, producer), 'control.ERR_UNKNOWN_TASK');
  });

  it('is for the owner of the task', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    for (const by of [scene.deployer, scene.manager, scene.alice, scene.stranger]) {
      expectErr(schedule(1n, CLOCK.stacks, 5000n, by), 'control.ERR_NOT_OWNER');
    }
  });
});

describe('a pause of scheduling', () => {
  it('stops what gives tasks a time, not what takes it away', () => {
    const scene = standardScene();
    enqueueAll(scene, [{ hold: true }]);
    const at = nextHeight() + 500n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer)); // 2
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer)); // 3
    expectOk(call('registry', 'pause', [SCHEDULE], scene.deployer));

    expectErr(call('scheduler', 'schedule-task', [1n, at], scene.producer), 'registry.ERR_PAUSED');
    expectErr(schedule(2n, CLOCK.burn, at, scene.producer), 'registry.ERR_PAUSED');
    const again = createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer);
    expectErr(again, 'registry.ERR_PAUSED');

    expectOk(call('scheduler', 'unschedule-task', [2n], scene.producer));
    expectOk(call('scheduler', 'cancel-scheduled-task', [3n], scene.producer));
  });
});

describe('create-and-schedule', () => {
  it('makes a task that waits for its time and escrows its reward', () => {
    const { producer, template, vault } = standardScene();
    const before = balanceOf(producer);

    const outcome = createAndSchedule(template, { priority: 9n, reward: 500n }, CLOCK.burn, 800n, producer);

    const task = {
      owner: producer,
      template,
      version: 1n,
      tag: null,
      deadline: null,
      parents: [],
      lax: false,
      origin: null,
      payload: '0x00',
    };
    const place = { list: bucketOf(CLOCK.burn, 800n), seq: 1n, clock: CLOCK.burn, at: 800n };
    const price = { reward: 500n, floor: 500n, escrow: 500n };
    const state = queuedState({ status: STATUS.PENDING, gate: GATE.TIME, lane: 9n, ...price, ...place });
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [
        { topic: 'task-made', id: 1n, ...task },
        { topic: 'task-enqueued', id: 1n, ...state },
      ],
      transfers: [{ amount: 500n, from: producer, to: vault }],
    });
    expect(taskOf(1n)).toEqual(task);
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(producer)).toBe(before - 500n);
    expect(balanceOf(vault)).toBe(500n);
  });

  it('makes no difference between held and not', () => {
    const { producer, template } = standardScene();
    expectOk(createAndSchedule(template, {}, CLOCK.stacks, 800n, producer));
    expectOk(createAndSchedule(template, { hold: true }, CLOCK.stacks, 800n, producer));
    expect(stateOf(2n)).toEqual({ ...stateOf(1n), seq: 2n });
  });

  it('refuses what enqueue-task refuses', () => {
    const { alice, producer, template } = standardScene({ 'min-reward': 10n, 'max-priority': 6n });
    const at = nextHeight() + 50n;
    const create = (id: bigint, fields: { [key: string]: bigint }, by: string) =>
      createAndSchedule(id, { reward: 10n, ...fields }, CLOCK.stacks, at, by);

    expectErr(create(9n, {}, producer), 'factory.ERR_UNKNOWN_TEMPLATE');
    expectErr(create(template, { priority: 7n }, producer), 'factory.ERR_PRIORITY');
    expectErr(create(template, { reward: 9n }, producer), 'factory.ERR_REWARD_TOO_LOW');
    expectErr(create(template, { reward: balanceOf(producer) + 1n }, producer), 'queue.ERR_INSUFFICIENT');
    expectErr(create(template, {}, alice), 'registry.ERR_ROLE');
    expect(lastId()).toBe(0n);
  });
});

describe('unschedule-task', () => {
  const unschedule = (id: bigint, by: string) => call('scheduler', 'unschedule-task', [id], by);

  it('takes the time away and leaves the task held', () => {
    const scene = standardScene();
    const at = nextHeight() + 5n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));

    const outcome = unschedule(1n, scene.producer);

    const state = queuedState({ status: STATUS.PENDING, gate: GATE.HOLD, list: 0n, seq: 0n });
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-unscheduled', id: 1n, ...state }],
      transfers: [],
    });
    expect(stateOf(1n)).toEqual(state);
    mineUntil(at);
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ due: 0n });
    expectOk(schedule(1n, CLOCK.stacks, at + 10n, scene.producer));
  });
});

describe('cancel-scheduled-task', () => {
  it('ends a scheduled task and refunds its owner', () => {
    const scene = standardScene();
    expectOk(createAndSchedule(scene.template, {}, CLOCK.burn, 800n, scene.producer));
    const before = stateOf(1n);
    const owner = balanceOf(scene.producer);
    const ended = nextHeight();

    const outcome = call('scheduler', 'cancel-scheduled-task', [1n], scene.producer);

    const state = { ...before, status: STATUS.CANCELLED, gate: 0n, escrow: 0n, list: 0n, seq: 0n, ended };
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-cancelled', id: 1n, ...state }],
      transfers: [{ amount: 1000n, from: scene.vault, to: scene.producer }],
    });
    expect(stateOf(1n)).toEqual(state);
    expect(balanceOf(scene.producer)).toBe(owner + 1000n);
    expect(balanceOf(scene.vault)).toBe(0n);
    expect(read('index', 'get-first-due', CLOCK.burn)).toBeNull();
  });
});

describe.each(['unschedule-task', 'cancel-scheduled-task'])('%s', (name) => {
  it('refuses a task that waits for no time', () => {
    const scene = standardScene({ 'retry-delay': 50n });
    enqueueAll(scene, [{ hold: true }, {}, {}, {}]);
    expectOk(dequeueAs(scene.alice)); // 2
    expectOk(fail(2n, 1n, scene.alice)); // waits, but for its next attempt
    expectOk(dequeueAs(scene.alice)); // 3

    for (const id of [1n, 2n, 3n, 4n]) {
      expectErr(call('scheduler', name, [id], scene.producer), 'control.ERR_STATE');
    }
  });

  it('refuses an id that is no task', () => {
    const { producer } = standardScene();
    expectErr(call('scheduler', name, [1n], producer), 'control.ERR_UNKNOWN_TASK');
  });

  it('is for the owner of the task', () => {
    const scene = standardScene();
    expectOk(createAndSchedule(scene.template, {}, CLOCK.burn, 800n, scene.producer));
    expectOk(enqueue(scene.template, {}, scene.producer));
    for (const by of [scene.deployer, scene.manager, scene.alice, scene.stranger]) {
      expectErr(call('scheduler', name, [1n], by), 'control.ERR_NOT_OWNER');
    }
  });
});
