import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournalFile } from '../../localnet/src/chain/journal-file.js';
import { createLocalnetControl, type LocalnetEvent } from '../../localnet/src/index.js';
import { type Harness, startFixture } from './harness.js';
import { readState } from './state-hash.js';

let directory: string;
let stateFile: string;
let open: Harness[];
const events: LocalnetEvent[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'localnet-failures-'));
  stateFile = join(directory, 'chain.state');
  open = [];
});
afterEach(async () => {
  for (const { node } of open) await node.stop();
  await rm(directory, { recursive: true });
});

async function start(): Promise<Harness> {
  events.length = 0;
  const h = await startFixture({ stateFile, onEvent: (event) => void events.push(event) });
  open.push(h);
  return h;
}

describe('a state file', () => {
  it('whose deployment was interrupted begins it again, as often as that happens', async () => {
    const first = await start();
    await first.node.stop();
    const lines = (await readFile(stateFile, 'utf8')).split('\n');
    await writeFile(stateFile, `${lines.slice(0, 3).join('\n')}\n`);
    const second = await start();
    expect((await second.get('/v2/info')).body.stacks_tip_height).toBe(3);
    const before = await readState(second);
    await second.node.stop();
    expect(await readState(await start())).toBe(before);
  });

  it('that was torn in its first record is begun anew', async () => {
    const first = await start();
    await first.node.stop();
    await writeFile(stateFile, (await readFile(stateFile)).subarray(0, 200));
    expect((await (await start()).get('/v2/info')).body.stacks_tip_height).toBe(3);
  });

  it('left locked by a process that had our id is taken over', async () => {
    await writeFile(`${stateFile}.lock`, `${process.pid}\n`);
    expect((await (await start()).get('/v2/info')).status).toBe(200);
  });

  it('gives no block of a branch the id of one that was left before a restart', async () => {
    const first = await start();
    await first.node.mine({ stacksBlocks: 2 });
    const id = await createLocalnetControl(first.node.url).snapshot();
    const fork = () => createLocalnetControl(open.at(-1)?.node.url ?? '').fork({ depth: 1, blocks: 1 });
    const left = (await fork()).state.indexBlockHash;
    await createLocalnetControl(first.node.url).revert(id);
    await first.node.stop();
    await start();
    expect((await fork()).state.indexBlockHash).not.toBe(left);
  });

  it('that is taken away while it is in use fails the node by name, and takes nothing more', async () => {
    const h = await start();
    await rm(stateFile);
    const call = await h.call(h.alice, 'increment');
    const { status, body } = await h.broadcast(call);
    expect({ status, body }).toEqual({
      status: 500,
      body: { error: expect.stringContaining(`${stateFile} cannot be written any more`) },
    });
    expect(events.filter(({ event }) => event === 'failed')).toEqual([
      expect.objectContaining({ code: 'INVALID_STATE', message: expect.stringContaining(stateFile) }),
    ]);
    expect((await h.broadcast(call)).status).toBe(500);
    await expect(h.node.mine()).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('in a directory that is not there, or is none, is refused', async () => {
    for (const path of [join(directory, 'no', 'chain.state'), join(directory, 'file', 'chain.state')]) {
      await writeFile(join(directory, 'file'), '');
      stateFile = path;
      await expect(start()).rejects.toMatchObject({
        code: 'INVALID_STATE',
        message: expect.stringContaining(path),
      });
    }
  });
});

describe('openJournalFile', () => {
  it('appends nothing behind a record that failed, and is closed all the same', async () => {
    const { journal } = await openJournalFile(stateFile);
    await journal.append({ kind: 'drop', txids: ['a'], reason: 'Problematic' });
    const before = await readFile(stateFile);
    await rm(stateFile);
    await writeFile(stateFile, before);
    const appends = ['b', 'c'].map((txid) =>
      journal.append({ kind: 'drop', txids: [txid], reason: 'Problematic' }),
    );
    expect((await Promise.allSettled(appends)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(journal.append({ kind: 'rewind', height: 1 })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    await journal.close();
    expect(await readFile(stateFile)).toEqual(before);
    const again = await openJournalFile(stateFile);
    expect(again.records).toEqual([{ kind: 'drop', txids: ['a'], reason: 'Problematic' }]);
    await again.journal.close();
  });

  it('tells when all that was appended is kept', async () => {
    const { journal } = await openJournalFile(stateFile);
    void journal.append({ kind: 'rewind', height: 1 });
    void journal.append({ kind: 'rewind', height: 2 });
    await journal.written();
    expect((await readFile(stateFile, 'utf8')).trim().split('\n')).toHaveLength(2);
    await journal.close();
  });
});
