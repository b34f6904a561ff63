import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type FacProcess, startFac } from './fac-process.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FIXTURE = join(ROOT, 'tests/localnet/fixtures/project/Clarinet.toml');
const NODE = ['node', '--manifest', FIXTURE, '--port', '0', '--json', '--no-deploy'];

const elsewhere = mkdtempSync(join(tmpdir(), 'fac-node-'));
const running: FacProcess[] = [];
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

function start(...args: string[]): FacProcess {
  const fac = startFac(args);
  running.push(fac);
  return fac;
}

const isUp = (url: unknown) =>
  fetch(`${String(url)}/v2/info`).then(
    ({ ok }) => ok,
    () => false,
  );

describe('fac node', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'runs the local node with its flags, and ends it on %s',
    async (signal) => {
      const fac = start(...NODE, '--block-time', '0');
      const ready = await fac.next(({ event }) => event === 'ready');
      expect(ready).toMatchObject({ blockTimeMs: 0, contracts: [] });
      expect(ready.pid).not.toBe(fac.child.pid);
      expect(await isUp(ready.url)).toBe(true);
      fac.child.kill(signal);
      expect(await fac.ended()).toBe(0);
      expect(fac.lines.at(-1)).toEqual({ event: 'stopped', reason: signal });
      expect(await isUp(ready.url)).toBe(false);
    },
  );

  it('does not leave the node behind when it is killed', async () => {
    const fac = start(...NODE);
    const ready = await fac.next(({ event }) => event === 'ready');
    fac.child.kill('SIGKILL');
    await expect.poll(() => isUp(ready.url), { timeout: 10_000, interval: 100 }).toBe(false);
  });

  it('ends the node with the process it is bound to', async () => {
    const fac = start(...NODE, '--exit-with-parent', '1');
    expect([0, 143]).toContain(await fac.ended());
  });

  it.each([
    [['node', '--nonsense'], 2, "unknown option '--nonsense'"],
    [['node', '--manifest', 'nowhere.toml'], 1, 'NOT_FOUND_FILE'],
    [
      ['node', '--exit-with-parent', 'x'],
      2,
      'INVALID_FLAG: --exit-with-parent: expected a process id; got x',
    ],
  ])('gives the exit code of %j', async (args, code, says) => {
    const fac = start(...args);
    expect(await fac.ended()).toBe(code);
    expect(fac.errors()).toContain(says);
  });

  it('says what to do when the local node is not installed', async () => {
    const bin = installWithoutLocalnet(elsewhere);
    const child = spawn(process.execPath, [bin, 'node'], {
      cwd: elsewhere,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(1);
    expect(errors).toContain('fac: NOT_FOUND_LOCALNET: The local node is not installed');
  });
});

/** Copies the keeper beside links to all packages it needs, but not to localnet. */
function installWithoutLocalnet(directory: string): string {
  const packages = join(directory, 'node_modules');
  const keeper = join(packages, '@fac', 'keeper');
  mkdirSync(dirname(keeper), { recursive: true });
  for (const part of ['dist', 'bin', 'package.json']) {
    cpSync(join(ROOT, 'keeper', part), join(keeper, part), { recursive: true });
  }
  for (const name of ['@electric-sql', 'cockatiel', 'commander', 'pino', 'yaml', 'zod']) {
    symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
  }
  symlinkSync(join(ROOT, 'sdk'), join(packages, '@fac', 'sdk'));
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}\n');
  return join(keeper, 'bin', 'fac.js');
}
