import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const usual = { name: 'fast', kind: 0n, class: 0n, strict: false, 'guard-every': 0n };

const create = (fields: Fields = {}, by = account('deployer')) => {
  const queue: Fields = { ...usual, ...fields };
  const args = ['name', 'kind', 'class', 'strict', 'guard-every'].map((key) => queue[key] ?? null);
  return call('factory', 'create-queue', args, by);
};

describe('the default queue', () => {
  it('exists from deployment: off-chain work for granted workers', () => {
    const record = { name: 'default', kind: 0n, class: 0n, strict: false, 'guard-every': 0n };
    expect(read('factory', 'get-queue', 0n)).toEqual(record);
    expect(read('factory', 'get-queue-id', 'default')).toBe(0n);
    expect(read('factory', 'resolve-queue', 0n)).toEqual({ ok: record });
    expect(read('factory', 'get-counts')).toEqual({ types: 0n, queues: 1n, templates: 0n });
  });

  it('keeps its name', () => {
    expectErr(create({ name: 'default' }), 'factory.ERR_NAME_TAKEN');
  });
});

describe('create-queue', () => {
  it('keeps the queue under the next id and its name', () => {
    const queue = { kind: 1n, class: 1n, strict: true };

    const outcome = create(queue);

    const record = { ...usual, ...queue };
    expect(outcome).toEqual({
      result: { ok: 1n },
      prints: [{ topic: 'queue-created', id: 1n, ...record }],
      transfers: [],
    });
    expect(read('factory', 'get-queue', 1n)).toEqual(record);
    expect(read('factory', 'get-queue-id', 'fast')).toBe(1n);
    expect(read('factory', 'get-queue', 2n)).toBeNull();
    expect(read('factory', 'get-queue-id', 'slow')).toBeNull();
    expect(read('factory', 'resolve-queue', 2n)).toEqual({ err: 'factory.ERR_UNKNOWN_QUEUE' });
  });

  it.each([
    ['an empty name', { name: '' }],
    ['a kind above on-chain', { kind: 2n }],
    ['a class above bonded', { class: 2n }],
    ['a starvation guard at every task', { 'guard-every': 1n }],
    ['a starvation guard at more than 1,000 tasks', { 'guard-every': 1001n }],
  ])('refuses %s', (_, fields) => {
    expectErr(create(fields), 'factory.ERR_BAD_CONFIG');
  });

  it.each([2n, 1000n])('keeps a starvation guard at every %d tasks', (every) => {
    expectOk(create({ 'guard-every': every }));
    expect(read('factory', 'get-queue', 1n)).toEqual({ ...usual, 'guard-every': every });
  });

  it('refuses a name that another queue has', () => {
    expectOk(create());
    expectErr(create({ kind: 1n }), 'factory.ERR_NAME_TAKEN');
    expect(read('factory', 'get-queue-id', 'fast')).toBe(1n);
  });

  it('makes 128 queues in all', () => {
    for (let id = 1n; id < 128n; id++) expect(create({ name: `q${id}` }).result).toEqual({ ok: id });
    expectErr(create({ name: 'one-more' }), 'factory.ERR_BAD_CONFIG');
  });

  it('is for the owner and admins', () => {
    const { alice, manager, stranger } = standardScene();
    for (const by of [alice, manager, stranger]) expectErr(create({}, by), 'registry.ERR_ROLE');
    expectOk(registerCoordinator(stranger, ROLE.admin));
    expectOk(create({}, stranger));
  });
});
