import { LocalnetError } from '../errors.js';
import type { LocalnetEvent } from '../events.js';
import { type Localnet, startLocalnet } from '../localnet.js';
import { parseFlags } from './parse-flags.js';
import { createPrinter } from './print-event.js';
import { watchParent } from './watch-parent.js';

/** How long a stop may take before the process ends anyway. */
const STOP_TIMEOUT_MS = 5_000;

const { options, json, exitWithParent } = parseFlags(process.argv.slice(2));
const print = createPrinter(json);
let running: Localnet | undefined;
let isEnding = false;

process.on('SIGINT', () => end('SIGINT', 0));
process.on('SIGTERM', () => end('SIGTERM', 0));
// A reader of our output that has gone is no reason to fail while stopping.
process.stdout.on('error', () => end('the reader of the output is gone', 0));
if (exitWithParent !== false) {
  const parent = exitWithParent === true ? undefined : exitWithParent;
  watchParent(() => end('the parent process is gone', 0), parent);
}

try {
  running = await startLocalnet({ ...options, onEvent });
} catch (error) {
  if (!isEnding) report(error);
}

function onEvent(event: LocalnetEvent): void {
  print(event);
  if (event.event === 'failed') end(event.message, 1);
}

function report(error: unknown): void {
  const code = error instanceof LocalnetError ? error.code : 'REJECTED_SIMNET';
  const message = error instanceof Error ? error.message : String(error);
  if (json) print({ event: 'failed', code, message });
  else process.stderr.write(`fac-localnet: ${code}: ${message}\n`);
  process.exit(1);
}

function end(reason: string, exitCode: number): void {
  if (isEnding) return;
  isEnding = true;
  setTimeout(() => process.exit(exitCode), STOP_TIMEOUT_MS).unref();
  Promise.resolve(running?.stop())
    .catch(() => undefined)
    .finally(() => {
      print({ event: 'stopped', reason });
      process.exit(exitCode);
    });
}
