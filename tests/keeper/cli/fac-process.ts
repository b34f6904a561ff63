import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../../keeper/bin/fac.js', import.meta.url));

export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

export interface FacProcess {
  readonly child: ChildProcess;
  readonly lines: readonly LogLine[];
  /** What it said on standard error. */
  errors(): string;
  /** The first line that holds, from the next one on. */
  next(holds: (line: LogLine) => boolean): Promise<LogLine>;
  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
}

/** Starts the built `fac` with nothing of this process's FAC_ environment. */
export function startFac(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): FacProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('FAC_'));
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const lines: LogLine[] = [];
  const waiting = new Set<(line: LogLine) => void>();
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (text) => {
      if (!text.startsWith('{')) return;
      const line = JSON.parse(text) as LogLine; // the keeper's own JSON log
      lines.push(line);
      for (const tell of waiting) tell(line);
    });
  }
  const exit = once(child, 'exit');
  return {
    child,
    lines,
    errors: () => errors,
    next: (holds) =>
      new Promise((resolve, reject) => {
        const tell = (line: LogLine) => {
          if (!holds(line)) return;
          waiting.delete(tell);
          resolve(line);
        };
        waiting.add(tell);
        void exit.then(() => reject(new Error(`fac ended before that: ${errors}`)));
      }),
    ended: async () => {
      const [code, signal] = await exit;
      return (code ?? signal) as number | string; // one of them is set when a process has ended
    },
  };
}
