import { isFacError } from '@fac/sdk';
import { Command, CommanderError } from 'commander';
import { describeError, isKeeperError, KeeperError } from '../shared/errors.js';
import { makeKeeperCommand } from './keeper-command.js';
import { makeNodeCommand } from './node-command.js';

export const EXIT = { ok: 0, failed: 1, misused: 2 } as const;

/**
 * Runs `fac` with its arguments and gives the exit code: 0 done, 1 failed while running, 2 used wrongly;
 * that of the node for `fac node`.
 */
export async function runCli(args: readonly string[], complain: (line: string) => void): Promise<number> {
  const program = new Command('fac')
    .description('Factory Async Coordinator: on-chain automation on Stacks.')
    .configureOutput({ writeErr: () => {} })
    .exitOverride();
  let exitCode: number = EXIT.ok;
  const nodeCommand = makeNodeCommand((code) => {
    exitCode = code;
  });
  program.addCommand(makeKeeperCommand().copyInheritedSettings(program));
  program.addCommand(nodeCommand);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    if (error instanceof CommanderError && error.code === 'commander.help') {
      complain(program.helpInformation());
      return EXIT.misused;
    }
    const shown = error instanceof CommanderError ? misused(error) : error;
    complain(`fac: ${codeOf(shown)}: ${describeError(shown)}`);
    return isMisuse(shown) ? EXIT.misused : EXIT.failed;
  }
}

function misused(error: CommanderError): KeeperError {
  const problem = error.message.replace(/^error: /, '').replace(/\.$/, '');
  return new KeeperError('INVALID_FLAG', { context: { problem } });
}

function codeOf(error: unknown): string {
  return isKeeperError(error) || isFacError(error) ? error.code : 'UNEXPECTED';
}

const MISUSES: ReadonlySet<string> = new Set([
  'INVALID_FLAG',
  'INVALID_CONFIG_FILE',
  'INVALID_CONFIG_KEY',
  'INVALID_CONFIG_VALUE',
  'INVALID_CONFIG_COMBINATION',
  'EXPECTED_CONFIG_VALUE',
  'NOT_FOUND_CONFIG_FILE',
  'NOT_FOUND_PRIVATE_KEY',
  'INVALID_PRIVATE_KEY',
  'NOT_FOUND_HANDLERS',
  'INVALID_HANDLERS',
  'INVALID_OPTION',
  'INVALID_KEY',
  'MISMATCH_NETWORK',
]);

function isMisuse(error: unknown): boolean {
  return MISUSES.has(codeOf(error));
}
