import { describe, expect, it } from 'vitest';
import { account, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import {
  complete,
  dequeueAs,
  enqueue,
  fail,
  heartbeat,
  ROLE,
  registerCoordinator,
} from '../../helpers/tasks.js';

const update = (coordinator: string, role: bigint, by = account('deployer')) =>
  call('registry', 'update-coordinator-permissions', [coordinator, role], by);

describe('update-coordinator-permissions', () => {
  it('replaces the permissions and leaves the rest of the record', () => {
    const { alice } = standardScene();

    const outcome = update(alice, ROLE.guardian + ROLE.publisher);

    const record = { role: 24n, capacity: 8n, active: true, index: 2n, class: 0n };
    expect(outcome).toEqual({
      result: { ok: true },
      prints: [{ topic: 'coordinator-updated', coordinator: alice, ...record }],
      transfers: [],
    });
    expect(read('registry', 'get-coordinator-details', alice)).toMatchObject(record);
  });

  it('takes effect at the next call', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    expectOk(update(scene.alice, ROLE.producer));
    expectOk(update(scene.producer, ROLE.worker));

    expectErr(dequeueAs(scene.alice), 'registry.ERR_ROLE');
    expectErr(enqueue(scene.template, {}, scene.producer), 'registry.ERR_ROLE');

    expectOk(dequeueAs(scene.producer));
  });

  it('leaves a worker what it holds: heartbeat, complete and fail need only the lease', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}, {}]);
    expectOk(dequeueAs(scene.alice));
    expectOk(dequeueAs(scene.alice));

    expectOk(update(scene.alice, ROLE.producer));

    expectOk(heartbeat(1n, 1n, 20n, scene.alice));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(fail(2n, 1n, scene.alice));
  });

  it('refuses a coordinator that is not registered', () => {
    expectErr(update(account('wallet_1'), ROLE.worker), 'registry.ERR_UNKNOWN');
  });

  it.each([0n, 64n])('refuses the role %d', (role) => {
    expectOk(registerCoordinator(account('wallet_1'), ROLE.worker));
    expectErr(update(account('wallet_1'), role), 'registry.ERR_BAD_VALUE');
  });

  it('refuses everybody but the owner and admins', () => {
    const { alice, bob, manager, producer, stranger } = standardScene();
    for (const by of [alice, bob, manager, producer, stranger]) {
      expectErr(update(alice, ROLE.worker, by), 'registry.ERR_ROLE');
    }
  });

  it('lets the owner alone make an admin, change one or end its term', () => {
    const { alice, bob, stranger } = standardScene();
    expectOk(registerCoordinator(stranger, ROLE.admin));

    expectErr(update(alice, ROLE.admin, stranger), 'registry.ERR_NOT_OWNER');
    expectErr(update(stranger, ROLE.worker, stranger), 'registry.ERR_NOT_OWNER');
    expectOk(update(bob, ROLE.producer, stranger));

    expectOk(update(stranger, ROLE.worker));
    expectErr(update(bob, ROLE.worker, stranger), 'registry.ERR_ROLE');
  });
});
