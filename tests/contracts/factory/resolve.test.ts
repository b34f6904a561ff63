import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { call, deploy, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import {
  config,
  createAndSchedule,
  createTemplate,
  enqueue,
  ROLE,
  registerCoordinator,
} from '../../helpers/tasks.js';

const HANDLER_SOURCE = '(define-read-only (answer) u42)\n';

/** What resolve answers for the first version of a usual config. */
const terms = (fields: Fields = {}): Fields => ({
  version: 1n,
  queue: 0n,
  access: 0n,
  guard: 0n,
  priority: 5n,
  'max-priority': 15n,
  'max-attempts': 3n,
  lease: 12n,
  'max-lease': 100n,
  delay: 4n,
  doubling: false,
  cap: 50n,
  ttl: 0n,
  'min-reward': 0n,
  ramp: 0n,
  steps: 1n,
  ...fields,
});

const resolve = (template: bigint, caller: string) => read('factory', 'resolve', template, caller);

describe('resolve', () => {
  it('answers what a task copies from the newest version', () => {
    const { manager, stranger, template } = standardScene();
    expect(resolve(template, stranger)).toEqual({ ok: terms() });

    const fields = {
      priority: 1n,
      'max-priority': 2n,
      'max-attempts': 4n,
      lease: 20n,
      'max-lease': 200n,
      'retry-delay': 6n,
      doubling: true,
      'retry-cap': 60n,
      'ttl-seconds': 8n,
      'min-reward': 7n,
      'ramp-blocks': 9n,
    };
    expectOk(call('factory', 'update-task-template', [template, config(fields)], manager));

    expect(resolve(template, stranger)).toEqual({
      ok: terms({
        version: 2n,
        priority: 1n,
        'max-priority': 2n,
        'max-attempts': 4n,
        lease: 20n,
        'max-lease': 200n,
        delay: 6n,
        doubling: true,
        cap: 60n,
        ttl: 8n,
        'min-reward': 7n,
        ramp: 9n,
      }),
    });
  });

  it.each([
    ['bonded workers admitted', 0n, 1n, false, 0n, 2n],
    ['strict', 0n, 0n, true, 0n, 4n],
    ['all but on-chain', 0n, 1n, true, 0n, 6n],
    ['a starvation guard', 0n, 0n, false, 20n, 0n],
    ['on-chain', 1n, 0n, false, 0n, 1n],
    ['all', 1n, 1n, true, 1000n, 7n],
  ])('answers the access and the guard of a queue with %s', (_, kind, workerClass, strict, guard, access) => {
    const { deployer, manager } = standardScene();
    expectOk(call('factory', 'create-queue', ['own', kind, workerClass, strict, guard], deployer));
    const hash = createHash('sha512-256').update(HANDLER_SOURCE).digest('hex');
    const handler = { contract: deploy('handler', HANDLER_SOURCE), hash: `0x${hash}` };
    const onchain = { handler, 'max-steps': 9n };

    const template = createTemplate(1n, { queue: 1n, ...(kind === 1n ? onchain : {}) }, manager);

    expect(resolve(template, manager)).toEqual({
      ok: terms({ queue: 1n, access, guard, steps: kind === 1n ? 9n : 1n }),
    });
  });

  it('refuses a template that does not exist', () => {
    const { manager } = standardScene();
    for (const template of [0n, 9n]) {
      expect(resolve(template, manager)).toEqual({ err: 'factory.ERR_UNKNOWN_TEMPLATE' });
    }
  });

  it('refuses a template that is not active, to its owner too', () => {
    const { manager, stranger, template } = standardScene();
    expectOk(call('factory', 'set-active', [template, false], manager));

    for (const caller of [manager, stranger]) {
      expect(resolve(template, caller)).toEqual({ err: 'factory.ERR_INACTIVE' });
    }
  });

  it('answers the owner alone when the template is not open', () => {
    const { manager, stranger, template } = standardScene({ open: false });
    expect(resolve(template, manager)).toEqual({ ok: terms() });
    expect(resolve(template, stranger)).toEqual({ err: 'factory.ERR_NOT_ALLOWED' });

    expectOk(call('factory', 'update-task-template', [template, config()], manager));

    expect(resolve(template, stranger)).toEqual({ ok: terms({ version: 2n }) });
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
