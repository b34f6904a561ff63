import { fsyncSync } from 'node:fs';
import type { PGlite } from '@electric-sql/pglite';

/** Start parameters that let Postgres ask for fsync, and keep its memory small. */
export function makeStartParams(defaults: readonly string[]): string[] {
  const settings = ['wal_sync_method=fsync', 'shared_buffers=8MB', 'wal_buffers=256kB'];
  return [...defaults.filter((param) => param !== '-F'), ...settings.flatMap((setting) => ['-c', setting])];
}

export interface FsyncHook {
  /** Number of times Postgres asked for fsync and got it. */
  count(): number;
}

interface NodeFs {
  stream_ops: { fsync?: (stream: { nfd: number }) => void };
}

/**
 * PGlite's Node file system has no fsync (upstream #1107): Postgres believes it synced and nothing was.
 * Gives it one. Undefined when the internals have moved; the caller proves it works by a commit.
 */
export function hookFsync(pglite: PGlite): FsyncHook | undefined {
  const module = pglite.Module as unknown as {
    NODEFS?: NodeFs;
    FS?: { filesystems?: { NODEFS?: NodeFs } };
  };
  const nodeFs = module.NODEFS ?? module.FS?.filesystems?.NODEFS;
  if (nodeFs?.stream_ops === undefined) return undefined;
  let count = 0;
  nodeFs.stream_ops.fsync = (stream) => {
    fsyncSync(stream.nfd);
    count += 1;
  };
  return { count: () => count };
}
