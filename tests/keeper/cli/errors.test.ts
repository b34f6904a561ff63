import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFac } from './fac-process.js';

const root = mkdtempSync(join(tmpdir(), 'fac-cli-'));
const handlers = join(root, 'handlers.js');
const DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const needed = ['keeper', '--deployer', DEPLOYER, '--handlers', handlers, '--state-dir', join(root, 'state')];
const key = { FAC_PRIVATE_KEY: `${'ab'.repeat(32)}01` };
let html: Server;

beforeAll(async () => {
  writeFileSync(handlers, 'export const handlers = { echo: async ({ payload }) => payload };\n');
  writeFileSync(join(root, 'package.json'), '{"type":"module"}\n');
  html = createServer((_request, response) => response.end('<html>hello</html>'));
  await new Promise<void>((resolve) => html.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  html.close();
  rmSync(root, { recursive: true, force: true });
});

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const fac = startFac(args, env, root);
  const code = await fac.ended();
  return { code, says: fac.errors() };
}

describe('fac keeper', () => {
  it.each([
    {
      name: 'an unknown flag',
      args: [...needed, '--nope'],
      env: key,
      says: "INVALID_FLAG: unknown option '--nope'",
    },
    {
      name: 'a flag without its value',
      args: ['keeper', '--tick-ms'],
      env: key,
      says: 'INVALID_FLAG: option',
    },
    {
      name: 'a word too many',
      args: [...needed, 'more'],
      env: key,
      says: 'INVALID_FLAG: too many arguments',
    },
    { name: 'no deployer', args: ['keeper'], env: key, says: 'EXPECTED_CONFIG_VALUE: deployer is not set' },
    {
      name: 'a wrong environment value',
      args: needed,
      env: { ...key, FAC_TICK_MS: 'x' },
      says: 'INVALID_CONFIG_VALUE: tickMs from FAC_TICK_MS',
    },
    {
      name: 'a file that is not there',
      args: [...needed, '--config', 'none.yaml'],
      env: key,
      says: 'NOT_FOUND_CONFIG_FILE',
    },
    { name: 'no key', args: needed, env: {}, says: 'NOT_FOUND_PRIVATE_KEY' },
    {
      name: 'a malformed key',
      args: needed,
      env: { FAC_PRIVATE_KEY: 'abcdef' },
      says: 'INVALID_PRIVATE_KEY',
    },
    {
      name: 'handlers that are not there',
      args: [...needed, '--handlers', 'none.js'],
      env: key,
      says: 'NOT_FOUND_HANDLERS',
    },
  ])('ends with 2 for $name', async ({ args, env, says }) => {
    const ended = await run(args, env);
    expect(ended).toEqual({ code: 2, says: expect.stringContaining(`fac: ${says}`) });
  });

  it('ends with 2 for a module without handlers', async () => {
    const path = join(root, 'empty.js');
    writeFileSync(path, 'export const handlers = { echo: 1 };\n');
    const ended = await run([...needed, '--handlers', path], key);
    expect(ended).toEqual({ code: 2, says: expect.stringContaining('INVALID_HANDLERS') });
  });

  it('prints its help and ends with 0', async () => {
    expect((await run(['keeper', '--help'])).code).toBe(0);
  });

  it('goes on trying a node that is down or answers HTML, says so, and stops when asked', async () => {
    const { port } = html.address() as AddressInfo;
    const fac = startFac([...needed, '--node-url', `http://127.0.0.1:${port}`, '--tick-ms', '50'], key, root);
    await fac.next(({ event }) => event === 'node-failed');
    const second = await fac.next(({ event }) => event === 'node-failed');
    expect(second).toMatchObject({ level: 'warn', code: 'INVALID_RESPONSE' });
    fac.child.kill('SIGTERM');
    expect(await fac.ended()).toBe(0);

    const down = startFac([...needed, '--node-url', 'http://127.0.0.1:1', '--tick-ms', '50'], key, root);
    expect(await down.next(({ event }) => event === 'node-failed')).toMatchObject({
      code: 'REJECTED_CONNECTION',
    });

    const rival = await run(needed, key);
    expect(rival).toEqual({ code: 1, says: expect.stringContaining(`in use by process ${down.child.pid}`) });
    down.child.kill('SIGINT');
    expect(await down.ended()).toBe(0);
  }, 120_000);
});
