import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import type { Journal, JournalRecord } from './journal.js';

export interface OpenedJournal {
  readonly journal: Journal;
  /** What the file had; none if it is new. */
  readonly records: readonly JournalRecord[];
  /** Bytes of a torn last record that were cut off. */
  readonly cutOffBytes: number;
}

/**
 * Opens or makes a state file: a line per record, each with a checksum before it. A crash can tear the last line
 * only, which is cut off; a broken line before it is refused. A lock file keeps a second node away.
 */
export async function openJournalFile(path: string): Promise<OpenedJournal> {
  const unlock = await lock(`${path}.lock`);
  try {
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw new LocalnetError('INVALID_STATE', `${path}: ${error.message}`, { cause: error });
    });
    const { records, goodBytes } = parse(path, bytes);
    const file = await open(path, 'a').catch((error: Error) => {
      throw new LocalnetError('INVALID_STATE', `${path} cannot be written: ${error.message}`, {
        cause: error,
      });
    });
    if (goodBytes < bytes.byteLength) await file.truncate(goodBytes);
    return {
      journal: createWriter(path, file, unlock),
      records,
      cutOffBytes: bytes.byteLength - goodBytes,
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Records that come while one write is under way go out together with the next. */
function createWriter(path: string, file: FileHandle, unlock: () => Promise<void>): Journal {
  let failure: LocalnetError | undefined;
  let pending: string[] = [];
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  async function flush(): Promise<void> {
    await writing;
    next = undefined;
    const lines = pending.join('');
    pending = [];
    writing = write(lines);
    await writing;
  }

  async function write(lines: string): Promise<void> {
    try {
      await file.appendFile(lines);
      await file.datasync();
      const [ours, there] = await Promise.all([file.stat(), stat(path)]);
      if (ours.ino !== there.ino) throw new Error('another file has taken its place');
    } catch (cause) {
      // Nothing may follow what could be half a record.
      failure = new LocalnetError(
        'INVALID_STATE',
        `${path} cannot be written any more (${cause instanceof Error ? cause.message : cause}); what it has is good, and a restart goes on from there`,
        { cause },
      );
      throw failure;
    }
  }

  return {
    append(record) {
      if (failure !== undefined) return Promise.reject(failure);
      pending.push(lineOf(record));
      next ??= flush();
      return next;
    },
    written: async () => next ?? writing,
    async close() {
      // Whoever appended has been told what went wrong.
      await (next ?? writing)?.catch(() => undefined);
      await file.close();
      await unlock();
    },
  };
}

const CHECKSUM_LENGTH = 16;

function lineOf(record: JournalRecord): string {
  const json = JSON.stringify(record, (_key, value: unknown) =>
    typeof value === 'bigint' ? { $bigint: `${value}` } : value,
  );
  return `${checksum(json)} ${json}\n`;
}

function checksum(json: string): string {
  return createHash('sha256').update(json).digest('hex').slice(0, CHECKSUM_LENGTH);
}

function parse(path: string, bytes: Buffer): { records: readonly JournalRecord[]; goodBytes: number } {
  const records: JournalRecord[] = [];
  let start = 0;
  while (start < bytes.byteLength) {
    const end = bytes.indexOf(NEWLINE, start);
    const record = end < 0 ? null : parseLine(bytes.toString('utf8', start, end));
    if (record === null) {
      const isLast = end < 0 || end + 1 === bytes.byteLength;
      const isOurs = records.length > 0 || GENESIS.test(bytes.toString('latin1', 0, GENESIS_LENGTH));
      if (isLast && isOurs) break;
      throw new LocalnetError(
        'INVALID_STATE',
        `${path}: record ${records.length + 1}, at byte ${start}, is damaged; restore the file, or start anew with another --state`,
      );
    }
    records.push(record);
    start = end + 1;
  }
  return { records, goodBytes: start };
}

const NEWLINE = 10;
/** How a file begins whose very first record is torn. */
const GENESIS = /^[0-9a-f]{16} {"kind":"genesis",/;
const GENESIS_LENGTH = CHECKSUM_LENGTH + 20;
const RECORD = z.object({
  kind: z.enum(['genesis', 'submit', 'drop', 'block', 'rewind', 'mempool']),
});

function parseLine(line: string): JournalRecord | null {
  const json = line.slice(CHECKSUM_LENGTH + 1);
  if (line.slice(0, CHECKSUM_LENGTH) !== checksum(json)) return null;
  const value: unknown = JSON.parse(json, (_key, part: unknown) => reviveBigint(part));
  // The checksum shows that a node of this version wrote it; the kind is looked at for files of a later one.
  return RECORD.safeParse(value).success ? (value as JournalRecord) : null;
}

function reviveBigint(part: unknown): unknown {
  const isBigint = typeof part === 'object' && part !== null && '$bigint' in part;
  return isBigint && typeof part.$bigint === 'string' ? BigInt(part.$bigint) : part;
}

/** Locks of this process. */
const held = new Set<string>();

async function lock(path: string): Promise<() => Promise<void>> {
  for (const isRetry of [false, true]) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      held.add(path);
      return async () => {
        held.delete(path);
        await rm(path, { force: true });
      };
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new LocalnetError('INVALID_STATE', message, { cause });
      const holder = Number((await readFile(path, 'utf8').catch(() => '')).trim());
      // In a container every process of this program has the same id, also the one that crashed.
      const isHeld = holder === process.pid ? held.has(path) : isAlive(holder);
      if (isRetry || isHeld) {
        throw new LocalnetError('INVALID_STATE', `${path}: process ${holder} has this state in use`, {
          cause,
        });
      }
      await rm(path, { force: true });
    }
  }
  throw new LocalnetError('INVALID_STATE', `${path} cannot be made`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
