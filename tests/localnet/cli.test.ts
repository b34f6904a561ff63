import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { FIXTURE, type Json } from './harness.js';

const BIN = fileURLToPath(new URL('../../localnet/bin/fac-localnet.js', import.meta.url));
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
      blockTimeMs: 0,
      timeFactor: null,
    });
    expect((await fetch(`${ready.url}/v2/info`)).status).toBe(200);
    child.kill('SIGTERM');
    expect((await finish(child)).code).toBe(0);
    await expect(fetch(`${ready.url}/v2/info`)).rejects.toThrow();
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
