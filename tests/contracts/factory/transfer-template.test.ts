import { describe, expect, it } from 'vitest';
import { call, contractId, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { config, registerCoordinator } from '../../helpers/tasks.js';

const transfer = (template: bigint, to: string, by: string) =>
  call('factory', 'transfer-template', [template, to], by);

describe('transfer-template', () => {
  it('gives a template to another owner', () => {
    const { manager, stranger, template } = standardScene({ open: false });
    const record = { owner: stranger, 'task-type': 1n, version: 1n, active: true };

    expect(transfer(template, stranger, manager)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-template-transferred', id: template, ...record }],
      transfers: [],
    });

    expect(read('factory', 'get-task-template', template)).toEqual({
      ...record,
      config: config({ open: false }),
    });
    expect(read('factory', 'resolve', template, stranger)).toHaveProperty('ok');
    expect(read('factory', 'resolve', template, manager)).toEqual({ err: 'factory.ERR_NOT_ALLOWED' });
  });

  it('takes all power over it from the one before', () => {
    const { manager, stranger, template } = standardScene();
    expectOk(transfer(template, stranger, manager));

    expectErr(transfer(template, manager, manager), 'factory.ERR_NOT_OWNER');
    expectErr(call('factory', 'set-active', [template, false], manager), 'factory.ERR_NOT_OWNER');
    expectErr(
      call('factory', 'update-task-template', [template, config()], manager),
      'factory.ERR_NOT_OWNER',
    );
    expectOk(call('factory', 'update-task-template', [template, config()], stranger));
    expectOk(transfer(template, manager, stranger));
  });

  it('may go to a contract', () => {
    const { manager, template } = standardScene();
    expectOk(transfer(template, contractId('scheduler'), manager));
    expect(read('factory', 'get-task-template', template)).toMatchObject({ owner: contractId('scheduler') });
  });

  it('is for the owner of the template', () => {
    const { deployer, producer, stranger, template } = standardScene();
    expectOk(registerCoordinator(stranger, 63n));
    for (const by of [deployer, producer, stranger]) {
      expectErr(transfer(template, by, by), 'factory.ERR_NOT_OWNER');
    }
  });

  it.each([0n, 2n])('refuses the template %d, which does not exist', (template) => {
    const { manager } = standardScene();
    expectErr(transfer(template, manager, manager), 'factory.ERR_UNKNOWN_TEMPLATE');
  });
});
