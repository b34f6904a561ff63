import { readFileSync } from 'node:fs';
import { KeeperError } from '../shared/errors.js';

const SHAPE = /^[0-9a-f]{64}(01)?$/i;

/**
 * The worker's key, from FAC_PRIVATE_KEY or a file that holds nothing else. Never from a flag, never printed.
 * Throws NOT_FOUND_PRIVATE_KEY or INVALID_PRIVATE_KEY.
 */
export function loadPrivateKey(env: Readonly<Record<string, string | undefined>>, keyFile: string): string {
  const fromEnv = env.FAC_PRIVATE_KEY;
  if (fromEnv !== undefined && fromEnv !== '') return check(fromEnv, 'FAC_PRIVATE_KEY');
  if (keyFile === '') throw new KeeperError('NOT_FOUND_PRIVATE_KEY');
  return check(readKeyFile(keyFile), keyFile);
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new KeeperError('INVALID_PRIVATE_KEY', {
      context: { source: path, got: 'a file that cannot be read' },
    });
  }
}

function check(value: string, source: string): string {
  const key = value.trim().replace(/^0x/, '');
  if (SHAPE.test(key)) return key;
  throw new KeeperError('INVALID_PRIVATE_KEY', { context: { source, got: `${key.length} characters` } });
}
