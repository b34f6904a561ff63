import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { type Db, openStore, silentLog } from '@fac/keeper';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'fac-store-'));
const directory = join(root, 'keeper');
const BUILT = fileURLToPath(new URL('../../keeper/dist/index.js', import.meta.url));

let db: Db | undefined;
const open = async () => {
  db = await openStore({ directory, log: silentLog });
  return db;
};

// initdb takes seconds; the tests below reopen the same cluster.
beforeAll(async () => (await open()).close(), 120_000);
afterEach(() => db?.close());
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('openStore', () => {
  it('makes a directory that only its owner can read', () => {
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('proves that a commit reaches the disk', async () => {
    expect((await open()).durability).toBe('fsync');
  });

  it('keeps what was written when it is opened again', async () => {
    const first = await open();
    await first.query(`insert into cursor values ('kept', '7')`);
    await first.close();
    const rows = await (await open()).query(`select value from cursor where name = 'kept'`);
    expect(rows).toEqual([{ value: '7' }]);
  });

  it('refuses a directory that a live process has, and names it', async () => {
    await open();
    await expect(openStore({ directory, log: silentLog })).rejects.toMatchObject({
      code: 'REJECTED_STATE_LOCKED',
      context: { directory, pid: `${process.pid}` },
    });
  });

  it('takes over the lock of a process that is gone', async () => {
    writeFileSync(join(directory, 'keeper.pid'), '4194304 1\n');
    expect((await open()).durability).toBe('fsync');
  });

  it('takes over a lock whose pid now belongs to another program', async () => {
    writeFileSync(join(directory, 'keeper.pid'), `${process.pid} 1\n`);
    expect((await open()).durability).toBe('fsync');
  });

  it('gives the directory back when it is closed', async () => {
    await (await open()).close();
    expect(existsSync(join(directory, 'keeper.pid'))).toBe(false);
  });

  it('refuses a store of another schema', async () => {
    const first = await open();
    await first.query(`update cursor set value = '99' where name = 'schema'`);
    await first.close();
    await expect(open()).rejects.toMatchObject({ code: 'INVALID_STORE_VERSION', context: { found: '99' } });
    expect(existsSync(join(directory, 'keeper.pid'))).toBe(false);
    await repairSchema();
  });

  it('says that it cannot open what is not a cluster', async () => {
    const broken = join(root, 'broken');
    mkdirSync(join(broken, 'pg'), { recursive: true });
    writeFileSync(join(broken, 'pg', 'PG_VERSION'), '3\n');
    await expect(openStore({ directory: broken, log: silentLog })).rejects.toMatchObject({
      code: 'INVALID_STORE',
    });
  });

  it('has every commit of a process that was killed', async () => {
    const lines: number[] = [];
    const script = `
      import { openStore, silentLog } from ${JSON.stringify(pathToFileURL(BUILT).href)};
      const db = await openStore({ directory: ${JSON.stringify(directory)}, log: silentLog });
      await db.query('create table if not exists counted (n int)');
      for (let n = 0; ; n += 1) {
        await db.query('insert into counted values ($1)', [n]);
        process.stdout.write(n + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    for await (const chunk of child.stdout) {
      lines.push(...String(chunk).trim().split('\n').map(Number));
      if (lines.length >= 50) break;
    }
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

    const [row] = await (await open()).query<{ count: number }>('select count(*)::int as count from counted');
    expect(row?.count).toBeGreaterThanOrEqual(lines.length);
  });
});

describe('Db', () => {
  it('undoes a transaction that throws', async () => {
    const store = await open();
    const work = store.tx(async () => {
      await store.query(`insert into cursor values ('undone', '1')`);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await store.query(`select * from cursor where name = 'undone'`)).toEqual([]);
  });

  it('joins an inner transaction to the outer one', async () => {
    const store = await open();
    const work = store.tx(async () => {
      await store.tx(() => store.query(`insert into cursor values ('inner', '1')`));
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await store.query(`select * from cursor where name = 'inner'`)).toEqual([]);
  });

  it('lets others wait for a transaction instead of taking part in it', async () => {
    const store = await open();
    const order: string[] = [];
    let proceed = () => {};
    const gate = new Promise<void>((resolve) => (proceed = resolve));
    const long = store.tx(async () => {
      await gate;
      await store.query('select 1');
      order.push('inside');
    });
    const other = store.query('select 1').then(() => order.push('outside'));
    proceed();
    await Promise.all([long, other]);
    expect(order).toEqual(['inside', 'outside']);
  });
});

/** Puts our version back by the plain database. */
async function repairSchema(): Promise<void> {
  const plain = await PGlite.create(join(directory, 'pg'));
  await plain.query(`update cursor set value = '1' where name = 'schema'`);
  await plain.close();
}
