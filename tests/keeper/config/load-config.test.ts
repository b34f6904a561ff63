import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConfigInput, loadConfig, OPTION_NAMES, OPTIONS } from '@fac/keeper';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPrivateKey } from '../../../keeper/src/config/private-key.js';

const root = mkdtempSync(join(tmpdir(), 'fac-config-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const needed = { deployer: DEPLOYER, handlers: './handlers.js' };
const load = (input: Partial<ConfigInput> = {}) =>
  loadConfig({ env: {}, ...input, flags: { ...needed, ...input.flags } });

function file(name: string, text: string): string {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
}

describe('loadConfig', () => {
  it('fills in defaults and says so', () => {
    const { settings, sources } = load();
    expect(settings).toMatchObject({
      queues: ['default'],
      tickMs: 1_000,
      feeCapUstx: 100_000n,
      claimBatch: 2,
    });
    expect(sources).toMatchObject({ tickMs: 'default', deployer: '--deployer' });
  });

  it('lets flags go before the environment, and that before the file', () => {
    const path = file('order.yaml', 'tickMs: 200\nconcurrency: 3\nclaimBatch: 4\n');
    const env = { FAC_CONCURRENCY: '5', FAC_CLAIM_BATCH: '6' };
    const { settings, sources } = load({ file: path, env, flags: { claimBatch: '7' } });
    expect(settings).toMatchObject({ tickMs: 200, concurrency: 5, claimBatch: 7 });
    expect(sources).toMatchObject({
      tickMs: `${path}:1:1`,
      concurrency: 'FAC_CONCURRENCY',
      claimBatch: '--claim-batch',
    });
  });

  it('reads JSON and lists', () => {
    const path = file('fac.json', '{"queues": ["default", 3], "feeFloorUstx": 500}');
    expect(load({ file: path }).settings).toMatchObject({ queues: ['default', '3'], feeFloorUstx: 500n });
  });

  it('reads lists from the environment', () => {
    expect(load({ env: { FAC_QUEUES: 'a, b' } }).settings.queues).toEqual(['a', 'b']);
  });

  it('refuses a file that is not there', () => {
    expect(() => load({ file: join(root, 'none.yaml') })).toThrowError(
      /No configuration file at .*none\.yaml/,
    );
  });

  it('refuses a malformed file with line and column', () => {
    const path = file('broken.yaml', 'tickMs: 100\nqueues: [a, b\n');
    expect(() => load({ file: path })).toThrowError(new RegExp(`${path}:\\d+:\\d+: `));
  });

  it('refuses a file that is not an object', () => {
    const path = file('list.yaml', '- a\n');
    expect(() => load({ file: path })).toThrowError(/expected an object/);
  });

  it('refuses an unknown key and shows where it stands and what there is', () => {
    const path = file('unknown.yaml', 'tickMs: 100\ntickMS: 200\n');
    expect(() => load({ file: path })).toThrowError(
      `${path}:2:1: unknown key "tickMS". Known keys: nodeUrl,`,
    );
  });

  it('refuses a key in the file: it belongs in the environment or a file of its own', () => {
    const path = file('secret.yaml', 'privateKey: abc\n');
    expect(() => load({ file: path })).toThrowError(/unknown key "privateKey"/);
  });

  it.each([
    {
      name: 'a word for a number',
      env: { FAC_TICK_MS: 'soon' },
      says: 'tickMs from FAC_TICK_MS: expected a whole number from 50 to 60000; got "soon".',
    },
    {
      name: 'a number out of range',
      env: { FAC_CLAIM_BATCH: '21' },
      says: 'claimBatch from FAC_CLAIM_BATCH: expected a whole number from 1 to 20; got "21".',
    },
    {
      name: 'an URL of another kind',
      env: { FAC_NODE_URL: 'ftp://x' },
      says: 'nodeUrl from FAC_NODE_URL: expected an http or https URL; got a string.',
    },
    {
      name: 'a level that is not one',
      env: { FAC_LOG_LEVEL: 'loud' },
      says: 'logLevel from FAC_LOG_LEVEL: expected debug, info, warn or error; got "loud".',
    },
    {
      name: 'an empty number',
      env: { FAC_TICK_MS: '' },
      says: 'tickMs from FAC_TICK_MS: expected a whole number from 50 to 60000; got "".',
    },
  ])('refuses $name in the environment', ({ env, says }) => {
    expect(() => load({ env })).toThrowError(says);
  });

  it('refuses a wrong value in the file with its place', () => {
    const path = file('wrong.yaml', 'deployer: me\n');
    const { handlers } = needed;
    expect(() => loadConfig({ env: {}, flags: { handlers }, file: path })).toThrowError(
      `deployer from ${path}:1:1: expected a Stacks address`,
    );
  });

  it('says which value is missing and how to give it', () => {
    expect(() => loadConfig({ env: {}, flags: {} })).toThrowError(
      /deployer is not set.*Set FAC_DEPLOYER, pass --deployer, or write it/,
    );
  });

  it('checks values against each other', () => {
    expect(() => load({ flags: { feeFloorUstx: '900', feeCapUstx: '800' } })).toThrowError(
      'feeFloorUstx (900) must not be above feeCapUstx (800)',
    );
  });
});

describe('OPTIONS', () => {
  it('names every option alike in flag, environment and file', () => {
    for (const name of OPTION_NAMES) {
      const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ');
      expect(OPTIONS[name].flag.split(' ')[0]).toBe(`--${words.join('-')}`);
      expect(OPTIONS[name].env).toBe(`FAC_${words.join('_').toUpperCase()}`);
    }
  });

  it('has a default that its own check takes', () => {
    expect(Object.keys(load().settings)).toEqual([...OPTION_NAMES]);
  });
});

describe('loadPrivateKey', () => {
  const key = 'ab'.repeat(32);

  it('takes the environment before the file', () => {
    expect(loadPrivateKey({ FAC_PRIVATE_KEY: `${key}01` }, file('key', 'cd'.repeat(32)))).toBe(`${key}01`);
  });

  it('reads a file that holds nothing else', () => {
    expect(loadPrivateKey({}, file('key', `${key}\n`))).toBe(key);
  });

  it('refuses to start without one', () => {
    expect(() => loadPrivateKey({}, '')).toThrowError(/Set FAC_PRIVATE_KEY/);
  });

  it('refuses another shape and does not show it', () => {
    expect(() => loadPrivateKey({ FAC_PRIVATE_KEY: 'my secret words' }, '')).toThrowError(
      expect.objectContaining({
        code: 'INVALID_PRIVATE_KEY',
        message: expect.not.stringContaining('secret words'),
      }),
    );
  });

  it('refuses a file that cannot be read', () => {
    expect(() => loadPrivateKey({}, join(root, 'none'))).toThrowError(/cannot be read/);
  });
});
