import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { isKeeperError, KeeperError } from '../shared/errors.js';
import type { Log } from '../shared/log.js';
import { createDb } from './create-db.js';
import type { Db, Durability } from './db.js';
import { lockDirectory } from './directory-lock.js';
import { hookFsync, makeStartParams } from './fsync-hook.js';
import { initCluster } from './init-cluster.js';
import { migrate } from './schema.js';

export interface OpenStoreOptions {
  /** Directory of this keeper alone; made with mode 0700 when it is not there. */
  readonly directory: string;
  readonly log: Log;
}

/**
 * Opens the keeper's store and holds its directory until `close`.
 * Throws REJECTED_STATE_LOCKED, INVALID_STORE or INVALID_STORE_VERSION.
 */
export async function openStore({ directory: given, log }: OpenStoreOptions): Promise<Db> {
  const directory = resolve(given);
  if (isMainThread) process.umask(0o077);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const lock = lockDirectory(directory);
  try {
    const cluster = join(directory, 'pg');
    if (!existsSync(cluster)) {
      log.info('store-init', { directory });
      await initCluster(cluster);
    }
    return await openCluster(cluster, directory, log, () => lock.release());
  } catch (error) {
    lock.release();
    if (isKeeperError(error)) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    throw new KeeperError('INVALID_STORE', { context: { directory, problem }, cause: error });
  }
}

async function openCluster(cluster: string, directory: string, log: Log, release: () => void): Promise<Db> {
  const pglite = await PGlite.create(cluster, { startParams: makeStartParams(PGlite.defaultStartParams) });
  try {
    const durability = await proveDurability(pglite);
    if (durability === 'process-crash-only') {
      log.warn('durability', {
        durability,
        meaning: 'a power cut may lose the last transactions of the journal',
      });
    }
    const db = createDb(pglite, durability, release);
    await migrate(db, directory);
    log.info('store-open', { directory, durability });
    return db;
  } catch (error) {
    await pglite.close();
    throw error;
  }
}

/** One commit must reach the disk through our hook; else say so instead of believing it. */
async function proveDurability(pglite: PGlite): Promise<Durability> {
  const hook = hookFsync(pglite);
  if (hook === undefined) return 'process-crash-only';
  const before = hook.count();
  await pglite.exec('drop table if exists fsync_proof');
  await pglite.exec('create table fsync_proof (at int)');
  await pglite.exec('drop table fsync_proof');
  return hook.count() > before ? 'fsync' : 'process-crash-only';
}
