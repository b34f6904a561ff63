import { describe, expect, it } from 'vitest';
import { nextTime } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk } from '../../helpers/contracts.js';
import { createLine, queuedState, standardScene } from '../../helpers/scene.js';
import { enqueueTasks, GATE, lastId, STATUS, stateOf, taskOf } from '../../helpers/tasks.js';

const many = (n: number) => Array.from({ length: n }, () => ({}));

describe('enqueue-tasks', () => {
  it('makes all tasks, each with its events, and takes what they cost in one transfer', () => {
    const { producer, template, vault } = standardScene();
    const before = balanceOf(producer);

    const outcome = enqueueTasks(
      template,
      [{ reward: 10n }, { reward: 200n, priority: 9n }, { reward: 3000n, hold: true }],
      producer,
    );

    const states = [
      queuedState({ reward: 10n, floor: 10n, escrow: 10n }),
      queuedState({ reward: 200n, floor: 200n, escrow: 200n, lane: 9n, list: 9n }),
      queuedState({
        reward: 3000n,
        floor: 3000n,
        escrow: 3000n,
        status: STATUS.PENDING,
        gate: GATE.HOLD,
        list: 0n,
        seq: 0n,
      }),
    ];
    expect(outcome.result).toEqual({ ok: [{ ok: 1n }, { ok: 2n }, { ok: 3n }] });
    expect(outcome.transfers).toEqual([{ amount: 3210n, from: producer, to: vault }]);
    expect(outcome.prints).toEqual([
      ...[1n, 2n, 3n].map((id) => ({ topic: 'task-made', id, ...taskOf(id) })),
      ...states.map((state, i) => ({ topic: 'task-enqueued', id: BigInt(i + 1), ...state })),
    ]);
    expect([1n, 2n, 3n].map(stateOf)).toEqual(states);
    expect(balanceOf(producer)).toBe(before - 3210n);
  });

  it('judges each item by itself: one that is refused costs nothing and takes no id', () => {
    const scene = standardScene({ 'max-priority': 6n, 'min-reward': 5n });
    const { template: closed } = createLine(scene, 'other', {}, { open: false });

    const outcome = enqueueTasks(
      scene.template,
      [
        {},
        { template: 99n },
        { template: closed },
        { priority: 7n },
        { reward: 4n },
        { reward: 10n ** 16n + 1n },
        { deadline: nextTime() },
        { parents: [77n] },
        {},
      ],
      scene.producer,
    );

    expect(outcome.result).toEqual({
      ok: [
        { ok: 1n },
        { err: 'factory.ERR_UNKNOWN_TEMPLATE' },
        { err: 'factory.ERR_NOT_ALLOWED' },
        { err: 'factory.ERR_PRIORITY' },
        { err: 'factory.ERR_REWARD_TOO_LOW' },
        { err: 'factory.ERR_INSUFFICIENT' },
        { err: 'factory.ERR_DEADLINE' },
        { err: 'factory.ERR_PARENT' },
        { ok: 2n },
      ],
    });
    expect(outcome.transfers).toEqual([{ amount: 2000n, from: scene.producer, to: scene.vault }]);
    expect([1n, 2n].map((id) => stateOf(id).seq)).toEqual([1n, 2n]);
    expect(lastId()).toBe(2n);
  });

  it('moves nothing when every item is refused', () => {
    const { producer, template } = standardScene();
    expect(enqueueTasks(template, [{ priority: 16n }], producer)).toEqual({
      result: { ok: [{ err: 'factory.ERR_PRIORITY' }] },
      prints: [],
      transfers: [],
    });
    expect(lastId()).toBe(0n);
  });

  it('makes nothing when the caller cannot pay for all of it', () => {
    const { producer, template } = standardScene();
    const reward = balanceOf(producer) / 2n + 1n;
    expectErr(enqueueTasks(template, [{ reward }, { reward }], producer), 'queue.ERR_INSUFFICIENT');
    expect(lastId()).toBe(0n);
  });

  it('serves templates of several queues in one call', () => {
    const scene = standardScene();
    const { template } = createLine(scene, 'fast');

    expectOk(enqueueTasks(scene.template, [{}, { template }, {}, { template }], scene.producer));

    expect([1n, 2n, 3n, 4n].map((id) => [stateOf(id).list, stateOf(id).seq])).toEqual([
      [5n, 1n],
      [21n, 1n],
      [5n, 2n],
      [21n, 2n],
    ]);
  });

  it('takes from 1 to 20 items', () => {
    const { producer, template } = standardScene();
    expectErr(enqueueTasks(template, [], producer), 'queue.ERR_TOO_MANY');
    expect(expectOk(enqueueTasks(template, many(20), producer))).toEqual(
      many(20).map((_, i) => ({ ok: BigInt(i + 1) })),
    );
    expect(() => enqueueTasks(template, many(21), producer)).toThrow(/TypeValueError/);
  });

  it('is for producers, unless it is paused', () => {
    const { alice, deployer, manager, producer, stranger, template } = standardScene();
    for (const by of [alice, deployer, manager, stranger]) {
      expectErr(enqueueTasks(template, [{}], by), 'registry.ERR_ROLE');
    }
    expectOk(call('registry', 'pause', [1n], deployer));
    expectErr(enqueueTasks(template, [{}], producer), 'registry.ERR_PAUSED');
  });
});

describe('a key', () => {
  const key = `0x${'07'.repeat(32)}`;

  it('makes one task, however often it is asked for', () => {
    const { producer, template, vault } = standardScene();
    expectOk(enqueueTasks(template, [{}, { key }], producer));

    expect(enqueueTasks(template, [{ key, reward: 5n }], producer)).toEqual({
      result: { ok: [{ ok: 2n }] },
      prints: [{ topic: 'task-known', id: 2n, ...stateOf(2n) }],
      transfers: [],
    });

    expect(lastId()).toBe(2n);
    expect(balanceOf(vault)).toBe(2000n);
  });

  it('may stand twice in one call', () => {
    const { producer, template } = standardScene();
    const outcome = enqueueTasks(template, [{ key }, {}, { key }], producer);
    expect(outcome.result).toEqual({ ok: [{ ok: 1n }, { ok: 2n }, { ok: 1n }] });
    expect(outcome.transfers).toMatchObject([{ amount: 2000n }]);
  });

  it('belongs to its owner', () => {
    const { manager, producer, template, deployer } = standardScene();
    expectOk(call('registry', 'update-coordinator-permissions', [manager, 5n], deployer));
    expectOk(enqueueTasks(template, [{ key }], producer));
    expect(expectOk(enqueueTasks(template, [{ key }], manager))).toEqual([{ ok: 2n }]);
    expect(expectOk(enqueueTasks(template, [{ key }], producer))).toEqual([{ ok: 1n }]);
  });

  it('is not used up by a task that was refused', () => {
    const { producer, template } = standardScene();
    expectOk(enqueueTasks(template, [{ key, priority: 16n }], producer));
    expect(expectOk(enqueueTasks(template, [{ key }], producer))).toEqual([{ ok: 1n }]);
  });

  it('still answers when the template no longer makes tasks', () => {
    const { manager, producer, template } = standardScene();
    expectOk(enqueueTasks(template, [{ key }], producer));
    expectOk(call('factory', 'set-active', [template, false], manager));
    expect(expectOk(enqueueTasks(template, [{ key }], producer))).toEqual([{ ok: 1n }]);
  });
});
