import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KeeperError } from '../shared/errors.js';

export interface DirectoryLock {
  release(): void;
}

const FILE = 'keeper.pid';

/**
 * Takes a directory for this process, or throws REJECTED_STATE_LOCKED naming the process that has it.
 * The lock of a dead process (also one whose pid was given to another program) is taken over.
 * A live one is never stolen, however long it is silent: two writers destroy a PGlite store.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const path = join(directory, FILE);
  const mine = `${process.pid} ${processStart(process.pid) ?? '-'}\n`;
  for (;;) {
    if (createWhole(path, mine)) return { release: () => releaseIfMine(path, mine) };
    const held = readIfThere(path);
    if (held === undefined) continue;
    const [pid = '', start = '-'] = held.trim().split(' ');
    if (isAlive(Number(pid), start)) {
      throw new KeeperError('REJECTED_STATE_LOCKED', { context: { directory, pid } });
    }
    removeStale(path, held);
  }
}

/** The file appears with its content or not at all: a reader never sees it half written. */
function createWhole(path: string, content: string): boolean {
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Two starters may find the same dead lock: the removal is itself taken by an exclusive link. */
function removeStale(path: string, held: string): void {
  const claim = `${path}.stale`;
  if (!createWhole(claim, `${process.pid} ${processStart(process.pid) ?? '-'}\n`)) {
    const [pid = '', start = '-'] = (readIfThere(claim) ?? '').trim().split(' ');
    if (!isAlive(Number(pid), start)) unlinkIfThere(claim);
    return;
  }
  try {
    if (readIfThere(path) === held) unlinkIfThere(path);
  } finally {
    unlinkIfThere(claim);
  }
}

function releaseIfMine(path: string, mine: string): void {
  if (readIfThere(path) === mine) unlinkIfThere(path);
}

function isAlive(pid: number, start: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return false;
  }
  const now = processStart(pid);
  return start === '-' || now === undefined || now === start;
}

/** Start time of a process in clock ticks since boot: field 22 of /proc/<pid>/stat, where there is one. */
function processStart(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`);
  const afterName = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const isZombie = afterName?.[0] === 'Z';
  return isZombie ? 'zombie' : afterName?.[19];
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ESRCH')) return undefined;
    throw error;
  }
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
