import { Cl, cvToHex, hexToCV } from '@stacks/transactions';
import { expect } from 'vitest';
import { COUNTER, DEPLOYER, type Harness, type Json } from '../harness.js';

/** What holds of every chain, whatever has happened to it. */
export async function checkInvariants(h: Harness, sent: readonly string[]): Promise<void> {
  const mined = await checkBlocks(h);
  await checkPlaces(h, sent, new Set(mined.map(({ tx_id }) => tx_id)));
  await checkNonces(h, mined);
  await checkSupply(h, mined);
  await checkEntries(h, mined);
}

/** Blocks follow each other; returns their transactions in order. */
async function checkBlocks(h: Harness): Promise<readonly Json[]> {
  const { stacks_tip_height: tip, stacks_tip: tipHash } = (await h.get('/v2/info')).body;
  const mined: Json[] = [];
  let parent: Json;
  for (let height = 1; height <= tip; height++) {
    const { status, body: block } = await h.get(`/extended/v2/blocks/${height}`);
    expect({ status, height: block.height }).toEqual({ status: 200, height });
    if (parent !== undefined) {
      expect([block.parent_block_hash, block.parent_index_block_hash]).toEqual([
        parent.hash,
        parent.index_block_hash,
      ]);
      expect(block.block_time).toBeGreaterThan(parent.block_time);
      expect(block.burn_block_height - parent.burn_block_height).toBeOneOf([0, 1]);
    }
    parent = block;
    if (block.tx_count === 0) continue;
    const results = await readPages(h, `/extended/v2/blocks/${height}/transactions`);
    expect(results).toHaveLength(block.tx_count);
    for (const { tx_id } of results) {
      const tx = await h.transactionOf(tx_id);
      expect(tx).toMatchObject({ tx_id, block_height: height, block_hash: block.hash });
      expect(() => hexToCV(tx.tx_result.hex)).not.toThrow();
      mined.push(tx);
    }
  }
  expect(parent.hash).toBe(`0x${tipHash}`);
  return mined;
}

/** The most a page has. */
const PAGE = 50;

/** Every result of a list that comes in pages. */
export async function readPages(h: Harness, path: string): Promise<readonly Json[]> {
  const results: Json[] = [];
  for (;;) {
    const { body } = await h.get(`${path}?limit=${PAGE}&offset=${results.length}`);
    results.push(...body.results);
    if (results.length >= body.total) return results;
    expect(body.results.length).toBeGreaterThan(0);
  }
}

/** A transaction is in a block, waits, was dropped or is unknown: one of them. */
async function checkPlaces(h: Harness, sent: readonly string[], mined: ReadonlySet<string>): Promise<void> {
  const waiting = new Set<string>((await readPages(h, '/extended/v1/tx/mempool')).map(({ tx_id }) => tx_id));
  for (const txid of sent) {
    const id = `0x${txid}`;
    const { status, body: tx } = await h.get(`/extended/v1/tx/${id}`);
    const place = status === 404 ? 'unknown' : tx.tx_status.replace(/_.*/, '');
    expect({ id, isMined: mined.has(id), isWaiting: waiting.has(id) }).toEqual({
      id,
      isMined: place === 'success' || place === 'abort',
      isWaiting: place === 'pending',
    });
    expect(place).toBeOneOf(['unknown', 'success', 'abort', 'pending', 'dropped']);
    waiting.delete(id);
  }
  expect([...waiting]).toEqual([]);
}

async function checkNonces(h: Harness, mined: readonly Json[]): Promise<void> {
  const next = new Map<string, number>();
  for (const { tx_id, sender_address, nonce, sponsored, sponsor_address, sponsor_nonce } of mined) {
    const used = [[sender_address, nonce] as const];
    if (sponsored) used.push([sponsor_address, sponsor_nonce]);
    for (const [address, at] of used) {
      expect({ tx_id, address, nonce: at }).toEqual({ tx_id, address, nonce: next.get(address) ?? 0 });
      next.set(address, at + 1);
    }
  }
  for (const { address } of h.node.accounts) {
    expect((await h.account(address)).nonce).toBe(next.get(address) ?? 0);
  }
}

/** Fees burn, and nothing else appears or is lost. */
async function checkSupply(h: Harness, mined: readonly Json[]): Promise<void> {
  let held = (await h.account(COUNTER)).balance;
  let given = 0n;
  for (const { address, balanceUstx } of h.node.accounts) {
    held += (await h.account(address)).balance;
    given += balanceUstx;
  }
  const fees = mined.reduce((sum, { fee_rate }) => sum + BigInt(fee_rate), 0n);
  expect(held).toBe(given - fees);
}

/** An entry of the counter tells the height at which its transaction ran. */
async function checkEntries(h: Harness, mined: readonly Json[]): Promise<void> {
  const counts = mined.filter(
    ({ tx_status, contract_call: call }) =>
      tx_status === 'success' &&
      call?.contract_id === COUNTER &&
      ['increment', 'deposit', 'withdraw'].includes(call.function_name),
  );
  // A fork may take off the contract itself.
  if (mined.some((tx) => tx.tx_status === 'success' && tx.smart_contract?.contract_id === COUNTER)) {
    expect(await h.count()).toBe(cvToHex(Cl.uint(counts.length)));
  }
  for (const [index, tx] of counts.entries()) {
    const key = cvToHex(Cl.uint(index + 1));
    const { body } = await h.post(`/v2/map_entry/${DEPLOYER}/counter/entries?proof=0`, key);
    expect(body.data).toBe(
      cvToHex(
        Cl.some(
          Cl.tuple({
            by: Cl.principal(tx.sender_address),
            caller: Cl.principal(tx.sender_address),
            height: Cl.uint(tx.block_height),
          }),
        ),
      ),
    );
  }
}
