import { createHash } from 'node:crypto';
import { Cl, cvToHex, hexToCV, serializeCV } from '@stacks/transactions';
import { COUNTER, DEPLOYER, type Harness, type Json } from './harness.js';

/** What is looked at beyond what the tip shows: things of branches that were left. */
export interface Known {
  /** Of every transaction ever sent. */
  readonly txids: readonly string[];
  /** Of every contract that was ever deployed, with a data var `version`. */
  readonly contracts: readonly string[];
  /** The highest key of the map that may ever have been written. */
  readonly highestEntry: bigint;
}

/**
 * Everything a client can read of the fixture's chain: every block with its transactions, results, events and costs in
 * the API's forms, every key of the map that was ever written, every variable, balance and nonce, and what waits or was
 * dropped. `changed` lets a test spoil one answer.
 */
export async function readState(
  h: Harness,
  changed: (path: string, body: Json) => Json = (_path, body) => body,
  known?: Known,
): Promise<string> {
  const parts = await readParts(h, changed, known);
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** The same as a list of answers, to see where two differ. */
export async function readParts(
  h: Harness,
  changed: (path: string, body: Json) => Json = (_path, body) => body,
  known?: Known,
): Promise<readonly string[]> {
  const parts: string[] = [];
  const note = (path: string, body: Json) => parts.push(`${path} ${JSON.stringify(changed(path, body))}`);
  const get = async (path: string) => {
    const { status, body } = await h.get(path);
    note(path, { status, body });
    return body;
  };
  const txids = new Set(known?.txids.map((txid) => `0x${txid}`));

  const { stacks_tip_height: tip } = await get('/v2/info');
  for (let height = 1; height <= tip; height++) {
    await get(`/extended/v2/blocks/${height}`);
    await get(`/extended/v3/blocks/${height}/transactions?limit=50`);
    const { results } = await get(`/extended/v2/blocks/${height}/transactions?limit=50`);
    for (const { tx_id } of results) txids.add(tx_id);
  }
  for (const txid of txids) {
    await get(`/extended/v1/tx/${txid}`);
    await get(`/extended/v3/transactions/${txid}`);
    await get(`/extended/v3/transactions/${txid}/events`);
  }
  await get('/extended/v1/tx/mempool?limit=50');
  for (const principal of [...h.node.accounts.map(({ address }) => address), COUNTER]) {
    await get(`/v2/accounts/${principal}?proof=0`);
    await get(`/extended/v1/address/${principal}/nonces`);
    await get(`/extended/v3/principals/${principal}/nonces`);
    await get(`/extended/v1/address/${principal}/balances`);
    await get(`/extended/v3/principals/${principal}/balances/stx`);
    await get(`/extended/v3/principals/${principal}/balances/ft`);
    await get(`/extended/v3/principals/${principal}/transactions?limit=50`);
  }
  for (const contract of known?.contracts ?? []) {
    const path = contract.replace('.', '/');
    await get(`/v2/contracts/source/${path}?proof=0`);
    await get(`/v2/contracts/interface/${path}`);
    await get(`/v2/data_var/${path}/version?proof=0`);
  }
  for (const variable of ['count', 'owner'])
    await get(`/v2/data_var/${DEPLOYER}/counter/${variable}?proof=0`);
  await get(`/extended/v2/smart-contracts/${COUNTER}/logs?limit=100`);
  const highest = known?.highestEntry ?? (await highestId(h));
  for (let id = 1n; id <= highest; id++) {
    const path = `/v2/map_entry/${DEPLOYER}/counter/entries?proof=0`;
    note(`${path} ${id}`, await h.post(path, cvToHex(Cl.uint(id))));
  }
  return parts;
}

/** Ids are given out one after the other, but a chain that went back may have written higher ones before. */
async function highestId(h: Harness): Promise<bigint> {
  const value = hexToCV(await h.count());
  if (value.type !== 'uint') throw new Error(`the count is ${serializeCV(value)}`);
  return BigInt(value.value) + 20n;
}
