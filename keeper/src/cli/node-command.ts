import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { KeeperError } from '../shared/errors.js';
import { type ParentFlag, readParent } from './parent-flag.js';
import { watchParent } from './watch-parent.js';

const LOCALNET_BIN = join('node_modules', '@fac', 'localnet', 'bin', 'fac-localnet.js');
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * `fac node`: runs the local node of `@fac/localnet` as a process of its own; that package is never imported, as its
 * licence is the GPL. `onExit` gets the exit code.
 */
export function makeNodeCommand(onExit: (code: number) => void): Command {
  return new Command('node')
    .description('Runs a local Stacks node for development: fac-localnet, with all its flags.')
    .option('--exit-with-parent [pid]')
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async ({ exitWithParent }: { exitWithParent?: ParentFlag }, { args }: Command) => {
      onExit(await runNode(findLocalnet(), args, readParent(exitWithParent)));
    });
}

/** The nearest installation, seen from this package and then from the working directory. */
function findLocalnet(): string {
  const starts = [dirname(fileURLToPath(import.meta.url)), process.cwd()];
  const found = starts
    .flatMap(withAncestors)
    .map((directory) => join(directory, LOCALNET_BIN))
    .find((file) => existsSync(file));
  if (found === undefined) throw new KeeperError('NOT_FOUND_LOCALNET');
  return found;
}

function withAncestors(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...withAncestors(parent)];
}

function runNode(
  bin: string,
  args: readonly string[],
  parent: ReturnType<typeof readParent>,
): Promise<number> {
  // The node ends with us however we end; with our parent, where that was asked for.
  const bound = ['--exit-with-parent', String(process.pid)];
  const child = spawn(process.execPath, [bin, ...args, ...bound], { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of FORWARDED) process.on(signal, forward);
  const unwatch =
    parent === 'nobody'
      ? () => {}
      : watchParent(() => forward('SIGTERM'), parent === 'parent' ? undefined : parent);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    // A shell tells the signal that ended a process by 128 and its number.
    child.once('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  }).finally(() => {
    for (const signal of FORWARDED) process.off(signal, forward);
    unwatch();
  });
}
