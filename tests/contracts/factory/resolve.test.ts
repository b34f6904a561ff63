import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { config, createAndSchedule, enqueue, ROLE, registerCoordinator } from '../../helpers/tasks.js';

describe('resolve', () => {
  it('answers what a task copies from the newest version', () => {
    const { manager, stranger, template } = standardScene();
    const fields = { priority: 1n, 'max-priority': 2n, doubling: true, 'min-reward': 7n };
    expectOk(call('factory', 'update-task-template', [template, config(fields)], manager));

    expect(read('factory', 'resolve', template, stranger)).toEqual({
      ok: {
        version: 2n,
        queue: 0n,
        priority: 1n,
        'max-priority': 2n,
        'max-attempts': 3n,
        lease: 12n,
        'max-lease': 100n,
        delay: 4n,
        doubling: true,
        cap: 50n,
        'min-reward': 7n,
      },
    });
  });

  it('refuses a template that does not exist', () => {
    const { manager } = standardScene();
    expect(read('factory', 'resolve', 9n, manager)).toEqual({ err: 'factory.ERR_UNKNOWN_TEMPLATE' });
  });
});

describe('a template that is not open', () => {
  it('serves its owner alone', () => {
    const { manager, producer, deployer, template } = standardScene({ open: false });
    expectOk(registerCoordinator(deployer, ROLE.producer));
    for (const by of [producer, deployer]) {
      expectErr(enqueue(template, {}, by), 'factory.ERR_NOT_ALLOWED');
      expectErr(createAndSchedule(template, {}, 0n, 1000n, by), 'factory.ERR_NOT_ALLOWED');
    }
    expectErr(enqueue(template, {}, manager), 'registry.ERR_ROLE');

    const both = ROLE.manager + ROLE.producer;
    expectOk(call('registry', 'update-coordinator-permissions', [manager, both], deployer));

    expectOk(enqueue(template, {}, manager));
    expectOk(createAndSchedule(template, {}, 0n, 1000n, manager));
  });
});
