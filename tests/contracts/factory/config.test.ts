import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { account, call, deploy, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { type Scene, standardScene } from '../../helpers/scene.js';
import { config } from '../../helpers/tasks.js';

const HUGE = 2n ** 128n - 1n;
const ONCHAIN_QUEUE = 1n;
const HANDLER_SOURCE = '(define-read-only (answer) u42)\n';

const create = ({ manager }: Scene, fields: Fields) =>
  call('factory', 'create-task-template', [1n, config(fields)], manager);

const update = ({ manager, template }: Scene, fields: Fields) =>
  call('factory', 'update-task-template', [template, config(fields)], manager);

/** A scene with an on-chain queue, and a handler with the hash of its code. */
function onchainScene(): Scene & { handler: Fields } {
  const scene = standardScene();
  expectOk(call('factory', 'create-queue', ['chain', 1n, 0n, false, 0n], scene.deployer));
  const hash = createHash('sha512-256').update(HANDLER_SOURCE).digest('hex');
  return { ...scene, handler: { contract: deploy('handler', HANDLER_SOURCE), hash: `0x${hash}` } };
}

function expectUnchanged(): void {
  expect(read('factory', 'get-counts')).toMatchObject({ templates: 1n });
  expect(read('factory', 'get-task-template', 1n)).toMatchObject({ version: 1n, config: config() });
  expect(read('factory', 'get-config', 1n, 2n)).toBeNull();
}

describe('a config', () => {
  it.each<[string, Fields]>([
    [
      'the least of everything',
      { priority: 0n, 'max-priority': 0n, 'max-attempts': 1n, lease: 12n, 'max-lease': 12n },
    ],
    ['the most of everything', { priority: 15n, 'max-attempts': 20n, lease: 4000n, 'max-lease': 40000n }],
    ['the shortest delay', { 'retry-delay': 1n, 'retry-cap': 1n }],
    ['the longest delay', { 'retry-delay': 1_000_000n, 'retry-cap': 1_000_000n, doubling: true }],
    ['the largest reward', { 'min-reward': 10n ** 15n }],
    ['a time to live of ten years', { 'ttl-seconds': 315_360_000n }],
    ['the longest ramp', { 'ramp-blocks': 1_000_000n }],
    ['the longest texts', { name: 'n'.repeat(40), uri: 'u'.repeat(128) }],
  ])('may have %s', (_, fields) => {
    const scene = standardScene();

    expectOk(create(scene, fields));
    expectOk(update(scene, fields));

    expect(read('factory', 'get-config', 2n, 1n)).toEqual(config(fields));
    expect(read('factory', 'get-config', 1n, 2n)).toEqual(config(fields));
  });

  it.each<[string, Fields]>([
    ['an empty name', { name: '' }],
    ['a priority above its greatest', { priority: 6n, 'max-priority': 5n }],
    ['a greatest priority above 15', { 'max-priority': 16n }],
    ['the priority 16', { priority: 16n, 'max-priority': 16n }],
    ['no attempt', { 'max-attempts': 0n }],
    ['more than 20 attempts', { 'max-attempts': 21n }],
    ['a lease of 0', { lease: 0n }],
    ['a lease below 12 blocks', { lease: 11n }],
    ['a lease above 4,000 blocks', { lease: 4001n, 'max-lease': 5000n }],
    ['a longest lease below the lease', { lease: 12n, 'max-lease': 11n }],
    ['a longest lease above 40,000 blocks', { 'max-lease': 40001n }],
    ['no retry delay', { 'retry-delay': 0n }],
    ['a retry delay above its cap', { 'retry-delay': 51n, 'retry-cap': 50n }],
    ['a retry cap beyond the index', { 'retry-cap': 1_000_001n }],
    ['a retry delay that would overflow', { 'retry-delay': HUGE, 'retry-cap': HUGE, doubling: true }],
    [
      'a retry delay that overflows when doubled',
      { 'retry-delay': 2n ** 127n, 'retry-cap': HUGE, doubling: true },
    ],
    ['a time to live above ten years', { 'ttl-seconds': 315_360_001n }],
    ['a least reward above 10^15 uSTX', { 'min-reward': 10n ** 15n + 1n }],
    ['a ramp above 1,000,000 blocks', { 'ramp-blocks': 1_000_001n }],
    ['no step', { 'max-steps': 0n }],
    ['more than 100 steps', { 'max-steps': 101n }],
  ])('may not have %s', (_, fields) => {
    const scene = standardScene();

    expectErr(create(scene, fields), 'factory.ERR_BAD_CONFIG');
    expectErr(update(scene, fields), 'factory.ERR_BAD_CONFIG');

    expectUnchanged();
  });

  it('may not name a queue that does not exist', () => {
    const scene = standardScene();

    for (const queue of [1n, HUGE]) {
      expectErr(create(scene, { queue }), 'factory.ERR_UNKNOWN_QUEUE');
      expectErr(update(scene, { queue }), 'factory.ERR_UNKNOWN_QUEUE');
    }

    expectUnchanged();
  });
});

describe('an on-chain config', () => {
  it.each([1n, 100n])('names an on-chain queue, a handler by its code, and %d steps', (steps) => {
    const scene = onchainScene();
    const fields = { queue: ONCHAIN_QUEUE, handler: scene.handler, 'max-steps': steps };

    expectOk(create(scene, fields));
    expectOk(update(scene, fields));

    expect(read('factory', 'get-config', 2n, 1n)).toEqual(config(fields));
    expect(read('factory', 'get-config', 1n, 2n)).toEqual(config(fields));
  });

  it('needs both the queue and the handler', () => {
    const scene = onchainScene();
    const halves: Fields[] = [{ queue: ONCHAIN_QUEUE }, { handler: scene.handler }];

    for (const fields of halves) {
      expectErr(create(scene, fields), 'factory.ERR_KIND_MISMATCH');
      expectErr(update(scene, fields), 'factory.ERR_KIND_MISMATCH');
    }

    expectUnchanged();
  });

  it('alone has more than one step', () => {
    const scene = standardScene();
    expectErr(create(scene, { 'max-steps': 2n }), 'factory.ERR_KIND_MISMATCH');
    expectErr(update(scene, { 'max-steps': 2n }), 'factory.ERR_KIND_MISMATCH');
  });

  it.each<[string, (handler: Fields) => Fields]>([
    ['another hash', (handler) => ({ ...handler, hash: `0x${'00'.repeat(32)}` })],
    ['a short hash', (handler) => ({ ...handler, hash: String(handler.hash).slice(0, -2) })],
    ['a contract that does not exist', (handler) => ({ ...handler, contract: `${handler.contract}-2` })],
    ['a person', (handler) => ({ ...handler, contract: account('wallet_1') })],
    [
      'the code of another contract',
      ({ hash }) => ({ hash: hash ?? '', contract: deploy('other', '(+ 1 2)') }),
    ],
  ])('may not pin %s', (_, change) => {
    const scene = onchainScene();
    const fields = { queue: ONCHAIN_QUEUE, handler: change(scene.handler) };

    expectErr(create(scene, fields), 'factory.ERR_HANDLER_HASH');
    expectErr(update(scene, fields), 'factory.ERR_HANDLER_HASH');

    expectUnchanged();
  });
});

describe('get-handler', () => {
  it('answers the handler of a version, none where there is none', () => {
    const scene = onchainScene();
    expectOk(create(scene, { queue: ONCHAIN_QUEUE, handler: scene.handler }));
    expectOk(call('factory', 'update-task-template', [2n, config()], scene.manager));

    expect(read('factory', 'get-handler', 2n, 1n)).toEqual(scene.handler);
    for (const [template, version] of [
      [2n, 2n],
      [2n, 3n],
      [1n, 1n],
      [9n, 1n],
    ] as const) {
      expect(read('factory', 'get-handler', template, version)).toBeNull();
    }
  });
});
