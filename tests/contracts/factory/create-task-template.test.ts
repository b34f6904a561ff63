import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { config, ROLE, registerCoordinator } from '../../helpers/tasks.js';

const create = (taskType: bigint, fields: Fields, by: string) =>
  call('factory', 'create-task-template', [taskType, config(fields)], by);

describe('create-task-template', () => {
  it('keeps the config as version 1 under the next id', () => {
    const { manager } = standardScene(); // has made template 1
    const fields = { name: 'nightly', priority: 2n, 'max-priority': 3n, open: false, uri: 'ipfs://n' };

    const outcome = create(1n, fields, manager);

    const record = { owner: manager, 'task-type': 1n, version: 1n, active: true };
    expect(outcome).toEqual({
      result: { ok: 2n },
      prints: [{ topic: 'task-template-created', id: 2n, config: config(fields), ...record }],
      transfers: [],
    });
    expect(read('factory', 'get-task-template', 2n)).toEqual({ ...record, config: config(fields) });
    expect(read('factory', 'get-config', 2n, 1n)).toEqual(config(fields));
    expect(read('factory', 'get-config', 2n, 2n)).toBeNull();
    expect(read('factory', 'get-task-template', 3n)).toBeNull();
    expect(read('factory', 'get-counts')).toEqual({ types: 1n, queues: 1n, templates: 2n });
  });

  it('lets a manager use the task type of another', () => {
    const { stranger } = standardScene();
    expectOk(registerCoordinator(stranger, ROLE.manager));

    expectOk(create(1n, {}, stranger));

    expect(read('factory', 'get-task-template', 2n)).toMatchObject({ owner: stranger, 'task-type': 1n });
  });

  it.each([0n, 2n])('refuses the task type %d, which does not exist', (taskType) => {
    const { manager } = standardScene();
    expectErr(create(taskType, {}, manager), 'factory.ERR_UNKNOWN_TYPE');
  });

  it('is for template managers', () => {
    const { alice, producer, deployer, stranger } = standardScene();
    expectOk(registerCoordinator(stranger, 63n - ROLE.manager));
    for (const by of [alice, producer, deployer, stranger]) {
      expectErr(create(1n, {}, by), 'registry.ERR_ROLE');
    }
  });
});
