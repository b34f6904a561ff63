import { createLocalnetControl } from '@fac/localnet';
import { expect } from 'vitest';
import { startFixture } from '../harness.js';
import { type Known, readParts } from '../state-hash.js';
import { checkInvariants } from './invariants.js';
import type { During, Forking, Operation, Sending } from './operations.js';
import { pick, signSending, THING } from './send.js';

/** A node under test, with what must be true of it. */
export interface World {
  run(operation: Operation): Promise<void>;
  close(): Promise<void>;
}

interface Mark {
  readonly id: string;
  readonly known: Known;
  readonly parts: readonly string[];
}

const ACCOUNTS = 4;
/** The simulator's own header. */
const AUTH_TOKEN = '12345';

/** `failed` gathers what the node says of itself that must never be said. */
export async function openWorld(stateFile: string, failed: string[]): Promise<World> {
  const start = () =>
    startFixture({
      ...{ stateFile, accounts: ACCOUNTS, burnEvery: 4 },
      onEvent: (event) => void (event.event === 'failed' && failed.push(event.message)),
    });
  let h = await start();
  const sent: string[] = [];
  let marks: Mark[] = [];

  const control = () => createLocalnetControl(h.node.url);
  const known = (): Known => ({
    txids: [...sent],
    contracts: h.node.accounts.map(({ address }) => `${address}.${THING}`),
    highestEntry: BigInt(sent.length) + 1n,
  });
  const read = (of: Known) => readParts(h, undefined, of);

  /** Refused or taken, but never an error of the node. */
  async function send(sending: Sending): Promise<void> {
    const transaction = await signSending(h, sending);
    const { status, body } = await h.broadcast(transaction);
    expect({ status, body: status === 200 ? transaction.txid() : body }).toEqual({
      status: expect.toBeOneOf([200, 400]),
      body: status === 200 ? body : expect.objectContaining({ error: 'transaction rejected' }),
    });
    if (status === 200 && !sent.includes(body)) sent.push(body);
  }

  async function unchanged(work: () => Promise<unknown>): Promise<void> {
    const of = known();
    const before = await read(of);
    await work();
    assertSame(await read(of), before);
  }

  async function fork({ depth, drops, order, blocks }: Omit<Forking, 'kind'>): Promise<void> {
    const { body: info } = await h.get('/v2/info');
    const reach = Math.min(depth, info.stacks_tip_height - 1);
    const inReach: string[] = [];
    for (let height = info.stacks_tip_height - reach + 1; height <= info.stacks_tip_height; height++) {
      const { body } = await h.get(`/extended/v2/blocks/${height}/transactions?limit=50`);
      for (const { tx_id } of body.results) inReach.push(tx_id);
    }
    const drop = inReach.length === 0 ? [] : [...new Set(drops.map((at) => pick(inReach, at)))];
    const staying = inReach.filter((txid) => !drop.includes(txid));
    const wished = staying.length === 0 ? [] : [...new Set(order.map((at) => pick(staying, at)))];
    const { status, body } = await h.post('/localnet/fork', {
      depth: reach,
      drop,
      order: wished,
      ...(blocks === null ? {} : { blocks }),
    });
    // An order may break the nonces, which is said and changes nothing.
    if (status === 400)
      expect(body.error).toMatch(/its turn in this order is|the deepest possible is|neither in/);
    else expect(status).toBe(200);
  }

  function duringOf(during: During): readonly Promise<unknown>[] {
    const forking = () => fork({ depth: 2, drops: [], order: [], blocks: null });
    switch (during) {
      case 'block':
        return [h.node.mine({ stacksBlocks: 2 })];
      case 'fork':
        return [forking()];
      case 'kill':
        return [control().killWorker()];
      case 'kill-and-block':
        return [control().killWorker(), h.node.mine(), control().killWorker()];
      case 'kill-and-fork':
        return [forking(), control().killWorker()];
    }
  }

  async function run(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'send':
        return send(operation.sending);
      case 'storm':
        await Promise.all([...operation.sendings.map(send), ...duringOf(operation.during)]);
        return checkInvariants(h, sent);
      case 'mine':
        await h.node.mine({ stacksBlocks: operation.stacks, burnBlocks: operation.bitcoin });
        return checkInvariants(h, sent);
      case 'snapshot': {
        const id = await control().snapshot();
        marks.push({ id, known: known(), parts: await read(known()) });
        return;
      }
      case 'revert': {
        if (marks.length === 0) return;
        const mark = pick(marks, operation.which);
        await control().revert(mark.id);
        assertSame(await read(mark.known), mark.parts);
        for (const txid of sent.slice(mark.known.txids.length)) {
          expect((await h.get(`/extended/v1/tx/0x${txid}`)).status).toBe(404);
        }
        return checkInvariants(h, sent);
      }
      case 'fork':
        await fork(operation);
        return checkInvariants(h, sent);
      case 'simulate':
        return unchanged(async () => {
          const transaction = await signSending(h, operation.sending);
          const response = await fetch(`${h.node.url}/v3/transactions/simulate`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: AUTH_TOKEN },
            body: JSON.stringify({ transaction_hex: transaction.serialize() }),
          });
          expect(response.status).toBeOneOf([200, 400]);
        });
      case 'kill':
        return unchanged(() => control().killWorker());
      case 'restart':
        marks = [];
        return unchanged(async () => {
          await h.node.stop();
          h = await start();
        });
    }
  }

  return {
    async run(operation) {
      await run(operation);
      expect(failed).toEqual([]);
    },
    close: () => h.node.stop(),
  };
}

/** Shows the first answer that differs, of hundreds. */
function assertSame(now: readonly string[], before: readonly string[]): void {
  const at = before.findIndex((part, index) => part !== now[index]);
  if (at >= 0) throw new Error(`an answer differs\nnow    ${now[at]}\nbefore ${before[at]}`);
  expect(now).toHaveLength(before.length);
}
