import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { COUNTER, DEPLOYER, FIXTURE, type Json } from './harness.js';

const BIN = fileURLToPath(new URL('../../localnet/bin/fac-localnet.js', import.meta.url));
const FLAGS = [
  ...['manifest', 'port', 'host', 'block-time', 'burn-every', 'paused', 'accounts', 'no-deploy'],
  ...['state', 'observer', 'faults', 'json', 'exit-with-parent'],
];
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [BIN, '--manifest', FIXTURE, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

async function nextEvent(child: ChildProcess, name: string): Promise<Json> {
  if (child.stdout === null) throw new Error('the child has a piped stdout');
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.event === name) return event;
  }
  throw new Error(`the child ended without ${name}`);
}

async function finish(child: ChildProcess) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (text += data));
  const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
  return { code, text };
}

describe('fac-localnet', () => {
  it('announces itself as JSON, serves, and stops on SIGTERM', async () => {
    const child = run('--port', '0', '--json', '--block-time', '0');
    const ready = await nextEvent(child, 'ready');
    expect(ready).toMatchObject({
      event: 'ready',
      url: `http://127.0.0.1:${ready.port}`,
      pid: child.pid,
      restore: true,
      websocketUrl: `ws://127.0.0.1:${ready.port}/extended/v1/ws`,
      blockTimeMs: 0,
      timeFactor: null,
      contracts: [COUNTER],
      hasDefaultAccounts: false,
      stateFile: null,
      faults: false,
      paused: false,
    });
    expect(ready.accounts[0]).toEqual({
      name: 'deployer',
      address: DEPLOYER,
      privateKey: '753b7cc01a1a2e86221266a154af739463fce51219d97e4f856cd7200c3bd2a601',
      balanceUstx: '100000000000000',
    });
    expect((await fetch(`${ready.url}/v2/info`)).status).toBe(200);
    child.kill('SIGTERM');
    expect((await finish(child)).code).toBe(0);
    await expect(fetch(`${ready.url}/v2/info`)).rejects.toThrow();
  });

  it('explains its flags, with examples at the end', async () => {
    const { code, text } = await finish(run('--help'));
    expect(code).toBe(0);
    for (const flag of FLAGS) expect(text).toContain(`  --${flag} `);
    expect(text).toMatch(/Examples:\n( {2}fac-localnet.*\n( {10}.*\n)?){5}\n?$/);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('stops by itself when its parent has died', async () => {
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ${JSON.stringify([BIN, '--manifest', FIXTURE, '--port', '0', '--json', '--exit-with-parent'])}, { stdio: ['ignore', 'inherit', 'inherit'] });
      setInterval(() => child.pid, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(parent);
    const ready = await nextEvent(parent, 'ready');
    parent.kill('SIGKILL');
    await expect
      .poll(
        () =>
          fetch(`${ready.url}/v2/info`).then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 10_000, interval: 100 },
      )
      .toBe('down');
    await expect.poll(() => isAlive(ready.pid), { timeout: 10_000, interval: 100 }).toBe(false);
  });

  it.each([
    [['--nonsense'], 2, /unknown option '--nonsense'/],
    [['--port', 'x'], 2, /expected a whole number/],
    [['extra'], 2, /too many arguments/],
    [['--block-time', '3'], 1, /INVALID_OPTION.*50 to 3600000/s],
    [['--manifest', 'nowhere.toml'], 1, /NOT_FOUND_FILE.*nowhere\.toml/],
    [['--accounts', '1001'], 1, /INVALID_OPTION.*accounts/s],
    [['--observer', 'nowhere'], 1, /INVALID_OPTION.*expected an http or https URL/s],
    [['--faults', '--host', '0.0.0.0'], 1, /INVALID_OPTION.*whoever reaches the port may break the chain/s],
  ])('refuses %j', async (args, code, text) => {
    const result = await finish(run(...args));
    expect(result.code).toBe(code);
    expect(result.text).toMatch(text);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
