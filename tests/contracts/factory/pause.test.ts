import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { config, ROLE, registerCoordinator } from '../../helpers/tasks.js';

const MANAGE = 64n;

describe('pausing MANAGE', () => {
  it('stops what makes types, queues and templates, and nothing else', () => {
    const { deployer, manager, stranger, template } = standardScene();
    expectOk(registerCoordinator(stranger, ROLE.admin));
    expectOk(call('registry', 'pause', [MANAGE], deployer));

    expectErr(call('factory', 'create-task-type', ['echo', ''], manager), 'registry.ERR_PAUSED');
    expectErr(call('factory', 'create-task-template', [1n, config()], manager), 'registry.ERR_PAUSED');
    for (const by of [deployer, stranger]) {
      expectErr(call('factory', 'create-queue', ['fast', 0n, 0n, false, 0n], by), 'registry.ERR_PAUSED');
    }
    expectOk(call('factory', 'update-task-template', [template, config()], manager));
    expectOk(call('factory', 'transfer-template', [template, stranger], manager));
    expect(read('factory', 'resolve', template, manager)).toHaveProperty('ok');
  });
});
