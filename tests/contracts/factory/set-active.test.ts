import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { config, registerCoordinator } from '../../helpers/tasks.js';

const MANAGE = 64n;

const setActive = (template: bigint, active: boolean, by: string) =>
  call('factory', 'set-active', [template, active], by);

describe('set-active', () => {
  it('takes a template out of use and back', () => {
    const { manager, template } = standardScene();
    const record = { owner: manager, 'task-type': 1n, version: 1n };

    expect(setActive(template, false, manager)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-template-deactivated', id: template, ...record, active: false }],
      transfers: [],
    });
    expect(read('factory', 'get-task-template', template)).toEqual({
      ...record,
      active: false,
      config: config(),
    });

    expect(setActive(template, true, manager)).toEqual({
      result: { ok: true },
      prints: [{ topic: 'task-template-activated', id: template, ...record, active: true }],
      transfers: [],
    });
    expect(read('factory', 'resolve', template, manager)).toHaveProperty('ok');
  });

  it('leaves a template that is out of use open to its owner for new versions', () => {
    const { manager, template } = standardScene();
    expectOk(setActive(template, false, manager));

    expect(expectOk(call('factory', 'update-task-template', [template, config()], manager))).toBe(2n);

    expect(read('factory', 'get-task-template', template)).toMatchObject({ version: 2n, active: false });
    expect(read('factory', 'resolve', template, manager)).toEqual({ err: 'factory.ERR_INACTIVE' });
  });

  it('needs neither a permission nor that managing goes on', () => {
    const { deployer, manager, template } = standardScene();
    expectOk(call('registry', 'suspend-coordinator', [manager], deployer));
    expectOk(call('registry', 'pause', [MANAGE], deployer));

    expectOk(setActive(template, false, manager));
  });

  it('is for the owner of the template', () => {
    const { deployer, producer, stranger, template } = standardScene();
    expectOk(registerCoordinator(stranger, 63n));
    for (const by of [deployer, producer, stranger]) {
      expectErr(setActive(template, false, by), 'factory.ERR_NOT_OWNER');
    }
  });

  it.each([0n, 2n])('refuses the template %d, which does not exist', (template) => {
    const { manager } = standardScene();
    expectErr(setActive(template, false, manager), 'factory.ERR_UNKNOWN_TEMPLATE');
  });
});
