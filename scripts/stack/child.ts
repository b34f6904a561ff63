import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** One line of JSON from a child; `event` says what happened. */
export interface ChildRecord {
  readonly event: string;
  readonly [field: string]: unknown;
}

export interface ChildOptions {
  readonly name: string;
  /** A JavaScript file and its arguments. */
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** All it prints is appended here. */
  readonly logFile: string;
  readonly onRecord?: ((record: ChildRecord) => void) | undefined;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Resolves when it has ended, with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  readonly isRunning: () => boolean;
  /** Resolves with the first record that fits; rejects when the child ends before. */
  readonly waitFor: (fits: (record: ChildRecord) => boolean) => Promise<ChildRecord>;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Asks it to end, and kills it after `graceMs`. */
  readonly stop: (graceMs?: number) => Promise<void>;
}

const DEFAULT_GRACE_MS = 10_000;

/**
 * Starts a child in a process group of its own: an interrupt from the terminal reaches only us, and we end the
 * children in order. Its handlers end it when we are gone (`--exit-with-parent`).
 */
export const startChild = ({ name, args, env, logFile, onRecord }: ChildOptions): Child => {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid === undefined) throw new Error(`${name} did not start`);
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const listeners = new Set<(record: ChildRecord) => void>(onRecord === undefined ? [] : [onRecord]);
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > 20) lastLines.shift();
      const record = parseRecord(line);
      if (record !== undefined) for (const listener of [...listeners]) listener(record);
    });
  }
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => {
      log.end();
      resolve(signal ?? code ?? 1);
    });
  });
  return {
    name,
    pid: child.pid,
    ended,
    isRunning: () => isRunning(child),
    waitFor: (fits) =>
      new Promise((resolve, reject) => {
        const listener = (record: ChildRecord): void => {
          if (!fits(record)) return;
          listeners.delete(listener);
          resolve(record);
        };
        listeners.add(listener);
        void ended.then((how) => {
          const said = lastLines.map((line) => `  ${line}`).join('\n');
          reject(new Error(`${name} ended (${how}) too early; its last lines:\n${said}`));
        });
      }),
    kill: (signal) => {
      if (isRunning(child)) child.kill(signal);
    },
    stop: async (graceMs = DEFAULT_GRACE_MS) => {
      if (!isRunning(child)) return;
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
};

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

const parseRecord = (line: string): ChildRecord | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is ChildRecord =>
  typeof value === 'object' && value !== null && 'event' in value && typeof value.event === 'string';
