import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import {
  complete,
  config,
  dequeueAs,
  enqueue,
  fail,
  ROLE,
  registerCoordinator,
  stateOf,
  taskOf,
} from '../../helpers/tasks.js';

const update = (template: bigint, fields: Fields, by: string) =>
  call('factory', 'update-task-template', [template, config(fields)], by);

describe('update-task-template', () => {
  it('makes a new version and keeps the old one', () => {
    const { manager, template } = standardScene();

    const outcome = update(template, { name: 'newer', lease: 30n }, manager);

    const record = { owner: manager, 'task-type': 1n, version: 2n, active: true };
    const newer = config({ name: 'newer', lease: 30n });
    expect(outcome).toEqual({
      result: { ok: 2n },
      prints: [{ topic: 'task-template-updated', id: template, config: newer, ...record }],
      transfers: [],
    });
    expect(read('factory', 'get-task-template', template)).toEqual({ ...record, config: newer });
    expect(read('factory', 'get-config', template, 1n)).toEqual(config());
    expect(read('factory', 'get-config', template, 2n)).toEqual(newer);
  });

  it('leaves the tasks that were made before as they were, also while they run', () => {
    const scene = standardScene({ lease: 20n, 'max-attempts': 2n });
    enqueueAll(scene, [{}, {}]);
    expectOk(dequeueAs(scene.alice));
    const fields = { lease: 90n, 'max-attempts': 1n, 'retry-delay': 9n, priority: 8n, 'min-reward': 5000n };
    expectOk(update(scene.template, fields, scene.manager));
    expectOk(dequeueAs(scene.bob));

    for (const id of [1n, 2n]) {
      const state = stateOf(id);
      expect(taskOf(id)).toMatchObject({ version: 1n });
      expect(state).toMatchObject({ lane: 5n, lease: 20n, delay: 4n, 'max-attempts': 2n, reward: 1000n });
      expect(state.until).toBe((state.claimed as bigint) + 20n);
    }
    expect(expectOk(fail(1n, 1n, scene.alice))).toBeGreaterThan(0n);
    expect(expectOk(complete(2n, 1n, scene.bob))).toBe(1000n);

    expectErr(enqueue(scene.template, {}, scene.producer), 'factory.ERR_REWARD_TOO_LOW');
    expectOk(enqueue(scene.template, { reward: 5000n }, scene.producer));
    expect(taskOf(3n)).toMatchObject({ version: 2n });
    expect(stateOf(3n)).toMatchObject({ lane: 8n, lease: 90n, delay: 9n, 'max-attempts': 1n, reward: 5000n });
  });

  it('is for the owner of the template', () => {
    const { deployer, producer, stranger, template } = standardScene();
    expectOk(registerCoordinator(stranger, 63n));
    for (const by of [deployer, producer, stranger]) {
      expectErr(update(template, {}, by), 'factory.ERR_NOT_OWNER');
    }
  });

  it('needs no permission any more once the template is made', () => {
    const { deployer, manager, template } = standardScene();
    expectOk(call('registry', 'update-coordinator-permissions', [manager, ROLE.producer], deployer));

    expectOk(update(template, {}, manager));
  });

  it.each([0n, 2n])('refuses the template %d, which does not exist', (template) => {
    const { manager } = standardScene();
    expectErr(update(template, {}, manager), 'factory.ERR_UNKNOWN_TEMPLATE');
  });
});
