import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { createAndSchedule, enqueue, ROLE, registerCoordinator } from '../../helpers/tasks.js';

const setParam = (name: string, value: bigint, by = account('deployer')) =>
  call('registry', 'set-param', [name, value], by);

describe('set-param', () => {
  it('keeps the value', () => {
    expect(setParam('default-capacity', 5n)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'param-set', name: 'default-capacity', value: 5n }],
      transfers: [],
    });
    expect(read('registry', 'get-param', 'default-capacity')).toBe(5n);
  });

  it.each([
    ['default-capacity', 1n, 120n],
    ['bonded-capacity', 1n, 120n],
    ['open-enqueue', 0n, 1n],
    ['open-execute', 0n, 1n],
    ['trigger-share-bps', 0n, 2000n],
    ['bond-min', 1_000_000n, 10n ** 15n],
    ['bond-cut-bps', 0n, 5000n],
    ['reclaimer-bps', 0n, 1000n],
    ['unbonding-blocks', 40_000n, 1_000_000n],
    ['strike-limit', 0n, 100n],
    ['stand-down-blocks', 12n, 100_000n],
  ] as const)('takes %s from %d to %d and nothing outside', (name, least, most) => {
    expectOk(setParam(name, most));
    expectErr(setParam(name, most + 1n), 'registry.ERR_PARAM_BOUNDS');
    expect(read('registry', 'get-param', name)).toBe(most);
    expectOk(setParam(name, least));
    if (least > 0n) expectErr(setParam(name, least - 1n), 'registry.ERR_PARAM_BOUNDS');
    expect(read('registry', 'get-param', name)).toBe(least);
  });

  it.each(['colour', '', 'Bond-min'])('refuses %j, which is no parameter', (name) => {
    expectErr(setParam(name, 1n), 'registry.ERR_BAD_VALUE');
    expect(read('registry', 'get-param', name)).toBeNull();
  });

  it('is for the owner and admins', () => {
    const { alice, manager, stranger } = standardScene();
    for (const by of [alice, manager, stranger]) {
      expectErr(setParam('open-enqueue', 1n, by), 'registry.ERR_ROLE');
    }
    expectOk(registerCoordinator(stranger, ROLE.admin));
    expectOk(setParam('open-enqueue', 1n, stranger));
  });
});

describe('get-param', () => {
  it.each([
    ['default-capacity', 8n],
    ['bonded-capacity', 2n],
    ['open-enqueue', 0n],
    ['open-execute', 0n],
    ['trigger-share-bps', 0n],
    ['bond-min', 100_000_000n],
    ['bond-cut-bps', 1000n],
    ['reclaimer-bps', 1000n],
    ['unbonding-blocks', 44_000n],
    ['strike-limit', 10n],
    ['stand-down-blocks', 1000n],
  ])('answers for %s the standard value %d until another is set', (name, standard) => {
    expect(read('registry', 'get-param', name)).toBe(standard);
  });

  it('answers none for what is no parameter', () => {
    expect(read('registry', 'get-param', 'colour')).toBeNull();
  });
});

describe('open-enqueue', () => {
  it('lets everybody enqueue while it is 1', () => {
    const { template, stranger } = standardScene();
    expectErr(enqueue(template, {}, stranger), 'registry.ERR_ROLE');

    expectOk(setParam('open-enqueue', 1n));
    expectOk(enqueue(template, {}, stranger));
    expectOk(createAndSchedule(template, {}, 0n, 1000n, stranger));

    expectOk(setParam('open-enqueue', 0n));
    expectErr(enqueue(template, {}, stranger), 'registry.ERR_ROLE');
    expectErr(createAndSchedule(template, {}, 0n, 1000n, stranger), 'registry.ERR_ROLE');
  });

  it('opens nothing else', () => {
    const { stranger } = standardScene();
    expectOk(setParam('open-enqueue', 1n));

    expectErr(call('queue', 'dequeue-task', [], stranger), 'queue.ERR_EMPTY');
    expectErr(call('factory', 'create-task-type', ['echo', ''], stranger), 'registry.ERR_ROLE');
    expectErr(registerCoordinator(stranger, ROLE.worker, stranger), 'registry.ERR_ROLE');
  });
});
