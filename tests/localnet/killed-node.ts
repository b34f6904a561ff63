import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FIXTURE, type Json } from './harness.js';

const BIN = fileURLToPath(new URL('../../localnet/bin/fac-localnet.js', import.meta.url));

/** A node in a process of its own, to be killed. */
export interface NodeProcess {
  /** What it said when it was ready; null if it was killed before. */
  readonly ready: Promise<Json | null>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

export function startProcess(...flags: string[]): NodeProcess {
  const args = [BIN, '--manifest', FIXTURE, '--port', '0', '--json', '--exit-with-parent', ...flags];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const ready = new Promise<Json | null>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const event = JSON.parse(line);
      if (event.event === 'ready') resolve(event);
      if (event.event === 'failed') reject(new Error(event.message));
    });
    void ended.then(() => resolve(null));
  });
  return {
    ready,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
