import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';

const create = (name: string, uri: string, by: string) =>
  call('factory', 'create-task-type', [name, uri], by);

describe('create-task-type', () => {
  it('keeps the type under the next id', () => {
    const { manager } = standardScene(); // has made type 1

    const outcome = create('resize', 'ipfs://resize', manager);

    const record = { name: 'resize', uri: 'ipfs://resize', owner: manager };
    expect(outcome).toEqual({
      result: { ok: 2n },
      prints: [{ topic: 'task-type-created', id: 2n, ...record }],
      transfers: [],
    });
    expect(read('factory', 'get-task-type', 2n)).toEqual(record);
    expect(read('factory', 'get-task-type', 3n)).toBeNull();
    expect(read('factory', 'get-task-type', 0n)).toBeNull();
    expect(read('factory', 'get-counts')).toEqual({ types: 2n, queues: 1n, templates: 1n });
  });

  it('lets two types have one name: the id tells them apart', () => {
    const { manager } = standardScene();
    expect(expectOk(create('echo', '', manager))).toBe(2n);
    expect(expectOk(create('echo', '', manager))).toBe(3n);
  });

  it('refuses an empty name', () => {
    const { manager } = standardScene();
    expectErr(create('', 'ipfs://x', manager), 'factory.ERR_BAD_CONFIG');
  });

  it('is for template managers, admins and the owner not included', () => {
    const { alice, producer, deployer, stranger } = standardScene();
    expectOk(registerCoordinator(stranger, 63n - ROLE.manager));
    for (const by of [alice, producer, deployer, stranger]) {
      expectErr(create('echo', '', by), 'registry.ERR_ROLE');
    }
  });
});
