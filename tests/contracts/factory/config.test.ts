import { describe, expect, it } from 'vitest';
import { call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { type Scene, standardScene } from '../../helpers/scene.js';
import { config } from '../../helpers/tasks.js';

const HUGE = 2n ** 128n - 1n;

const create = ({ manager }: Scene, fields: Fields) =>
  call('factory', 'create-task-template', [1n, config(fields)], manager);

const update = ({ manager, template }: Scene, fields: Fields) =>
  call('factory', 'update-task-template', [template, config(fields)], manager);

describe('a config', () => {
  it.each<[string, Fields]>([
    [
      'the least of everything',
      { priority: 0n, 'max-priority': 0n, 'max-attempts': 1n, lease: 12n, 'max-lease': 12n },
    ],
    ['the most of everything', { priority: 15n, 'max-attempts': 20n, lease: 4000n, 'max-lease': 40000n }],
    ['the shortest delay', { 'retry-delay': 1n, 'retry-cap': 1n }],
    ['the longest delay', { 'retry-delay': 1_000_000n, 'retry-cap': 1_000_000n, doubling: true }],
    ['the largest reward', { 'min-reward': HUGE }],
    ['the longest texts', { name: 'n'.repeat(40), uri: 'u'.repeat(128) }],
  ])('may have %s', (_, fields) => {
    const scene = standardScene();

    expectOk(create(scene, fields));

    expect(read('factory', 'get-config', 2n, 1n)).toEqual(config(fields));
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
  ])('may not have %s', (_, fields) => {
    const scene = standardScene();

    expectErr(create(scene, fields), 'factory.ERR_BAD_CONFIG');
    expectErr(update(scene, fields), 'factory.ERR_BAD_CONFIG');

    expect(read('factory', 'get-counts')).toMatchObject({ templates: 1n });
    expect(read('factory', 'get-task-template', 1n)).toMatchObject({ version: 1n });
  });

  it.each<[string, Fields]>([
    [
      'a handler',
      { handler: { contract: 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.h', hash: `0x${'00'.repeat(32)}` } },
    ],
    ['a time to live', { 'ttl-seconds': 1n }],
    ['a ramp', { 'ramp-blocks': 1n }],
    ['no step', { 'max-steps': 0n }],
    ['more than one step', { 'max-steps': 2n }],
  ])('may not have %s yet', (_, fields) => {
    const scene = standardScene();
    expectErr(create(scene, fields), 'factory.ERR_NOT_YET');
    expectErr(update(scene, fields), 'factory.ERR_NOT_YET');
  });

  it('may not name an on-chain queue yet', () => {
    const scene = standardScene();
    const queue = expectOk(
      call('factory', 'create-queue', ['chain', 1n, 0n, false, 0n], scene.deployer),
    ) as bigint;
    expectErr(create(scene, { queue }), 'factory.ERR_NOT_YET');
    expectErr(update(scene, { queue }), 'factory.ERR_NOT_YET');
  });

  it('may not name a queue that does not exist', () => {
    const scene = standardScene();
    expectErr(create(scene, { queue: 1n }), 'factory.ERR_UNKNOWN_QUEUE');
    expectErr(update(scene, { queue: 1n }), 'factory.ERR_UNKNOWN_QUEUE');
  });
});
