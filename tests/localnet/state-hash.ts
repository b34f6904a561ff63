import { createHash } from 'node:crypto';
import { Cl, cvToHex, hexToCV, serializeCV } from '@stacks/transactions';
import { COUNTER, DEPLOYER, type Harness, type Json } from './harness.js';

/**
 * Everything a client can read of the fixture's chain: every block with its transactions, results and events, every
 * key of the map that was ever written, every variable, balance and nonce, and what waits. `changed` lets a test
 * spoil one answer.
 */
export async function readState(
  h: Harness,
  changed: (path: string, body: Json) => Json = (_path, body) => body,
): Promise<string> {
  const parts: string[] = [];
  const note = (path: string, body: Json) => parts.push(`${path} ${JSON.stringify(changed(path, body))}`);
  const get = async (path: string) => {
    const { status, body } = await h.get(path);
    note(path, { status, body });
    return body;
  };

  const { stacks_tip_height: tip } = await get('/v2/info');
  for (let height = 1; height <= tip; height++) {
    await get(`/extended/v2/blocks/${height}`);
    const { results } = await get(`/extended/v2/blocks/${height}/transactions?limit=50`);
    for (const { tx_id } of results) await get(`/extended/v1/tx/${tx_id}`);
  }
  for (const principal of [...h.node.accounts.map(({ address }) => address), COUNTER]) {
    await get(`/v2/accounts/${principal}?proof=0`);
    await get(`/extended/v1/address/${principal}/nonces`);
  }
  for (const variable of ['count', 'owner'])
    await get(`/v2/data_var/${DEPLOYER}/counter/${variable}?proof=0`);
  await get(`/extended/v2/smart-contracts/${COUNTER}/logs?limit=100`);
  for (let id = 1n; id <= (await highestId(h)); id++) {
    const path = `/v2/map_entry/${DEPLOYER}/counter/entries?proof=0`;
    note(`${path} ${id}`, await h.post(path, cvToHex(Cl.uint(id))));
  }
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Ids are given out one after the other, but a chain that went back may have written higher ones before. */
async function highestId(h: Harness): Promise<bigint> {
  const value = hexToCV(await h.count());
  if (value.type !== 'uint') throw new Error(`the count is ${serializeCV(value)}`);
  return BigInt(value.value) + 20n;
}
