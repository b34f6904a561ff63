import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../localnet/bin/fac-localnet.js', import.meta.url));
/** Of Linux's /proc: clock ticks are hundredths of a second. */
const TICKS_PER_SECOND = 100;
const START_LIMIT_MS = 60_000;

export interface BenchAccount {
  readonly address: string;
  readonly privateKey: string;
}

/** A node in a process of its own, as a user starts it. */
export interface NodeProcess {
  readonly url: string;
  readonly accounts: readonly BenchAccount[];
  /** From the start of the process until it said it was ready. */
  readonly readyMs: number;
  /** Resident memory, in megabytes of a million bytes. */
  rssMb(): number;
  /** Seconds of a core used so far. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

export async function startNode(manifest: string, flags: readonly string[]): Promise<NodeProcess> {
  const startMs = performance.now();
  const child = spawn(
    process.execPath,
    [BIN, '--manifest', manifest, '--port', '0', '--json', '--exit-with-parent', `${process.pid}`, ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const ready = await new Promise<ReadyEvent>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the node was not ready in a minute')), START_LIMIT_MS);
    void ended.then(() => reject(new Error(`the node ended while it started: ${buffered}`)));
    let buffered = '';
    child.stdout.on('data', (chunk: Buffer) => {
      buffered += chunk.toString();
      const lines = buffered.split('\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) {
        const event: { event: string } = JSON.parse(line);
        if (event.event !== 'ready') continue;
        clearTimeout(timer);
        // The only event of this name; its shape is LocalnetEvent's.
        resolve(event as ReadyEvent);
      }
    });
  });
  const proc = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
  return {
    url: ready.url,
    accounts: ready.accounts,
    readyMs: performance.now() - startMs,
    rssMb: () => (Number(/VmRSS:\s+(\d+)/.exec(proc('status'))?.[1]) * 1024) / 1e6,
    cpuSeconds() {
      const fields = (proc('stat').split(') ')[1] ?? '').split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    },
    stop,
  };
}

interface ReadyEvent {
  readonly event: 'ready';
  readonly url: string;
  readonly accounts: readonly BenchAccount[];
}
