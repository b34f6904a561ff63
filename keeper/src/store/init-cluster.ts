import { renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Runs in the thread; text, so that it needs no built file beside it. */
const SCRIPT = `
const { workerData } = require('node:worker_threads');
const { PGlite } = require(workerData.pglite);
PGlite.create(workerData.directory).then((pglite) => pglite.close());
`;

/**
 * Makes a new database cluster in a thread of its own: initdb takes about 700 MB, which only the end of
 * the thread gives back. It becomes visible under its name when it is whole, so a kill in the middle is harmless.
 */
export async function initCluster(directory: string): Promise<void> {
  const draft = `${directory}.new`;
  rmSync(draft, { recursive: true, force: true });
  const pglite = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  await new Promise<void>((resolve, reject) => {
    const thread = new Worker(SCRIPT, { eval: true, workerData: { pglite, directory: draft } });
    thread.once('error', reject);
    thread.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}`))));
  });
  renameSync(draft, directory);
}
