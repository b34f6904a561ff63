import { createNetwork } from '@stacks/network';
import { makeContractCall } from '@stacks/transactions';
import { DEPLOYER, type Json } from './harness.js';

/** What a client knows of the node that is killed under it. */
export interface Seen {
  /** Ids of all that were sent; of some the answer was never seen. */
  readonly sent: Set<string>;
  /** Ids of those whose POST was answered with 200. */
  readonly answered: Set<string>;
  /** Blocks with their transactions, by height. */
  readonly blocks: Map<number, Json>;
}

/** The node has gone while it was asked. */
class Gone extends Error {
  override readonly name = 'Gone';
}

export async function ask(
  url: string,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; body: Json }> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url}${path}`, init);
    text = await response.text();
  } catch (cause) {
    throw new Gone(path, { cause });
  }
  return { status: response.status, body: JSON.parse(text) };
}

/** Sends calls of every account, some twice and some replaced, and looks at blocks, until it is over or the node has gone. */
export async function loadNode(ready: Json, seen: Seen, isOver = () => false): Promise<void> {
  const senders = ready.accounts.slice(1).map((account: Json) => sendCalls(ready.url, account, seen, isOver));
  const results = await Promise.allSettled([...senders, watchBlocks(ready.url, seen, isOver)]);
  for (const result of results) {
    if (result.status === 'rejected' && !(result.reason instanceof Gone)) throw result.reason;
  }
}

async function sendCalls(
  url: string,
  account: Json,
  { sent, answered }: Seen,
  isOver: () => boolean,
): Promise<void> {
  const network = createNetwork({ network: 'devnet', client: { baseUrl: url } });
  const { body: nonces } = await ask(url, `/extended/v1/address/${account.address}/nonces`);
  const post = async (nonce: bigint, fee: bigint) => {
    const call = await makeContractCall({
      ...{ network, contractAddress: DEPLOYER, contractName: 'counter', functionName: 'increment' },
      ...{ functionArgs: [], senderKey: account.privateKey, nonce, fee },
    });
    sent.add(call.txid());
    const { status, body } = await ask(url, '/v2/transactions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tx: call.serialize() }),
    });
    if (status === 200) answered.add(body);
    return { status, reason: body.reason };
  };
  for (let nonce = BigInt(nonces.possible_next_nonce); !isOver(); ) {
    const isTwice = nonce % 5n === 0n;
    const answers = await Promise.all(
      isTwice ? [post(nonce, 1_000n), post(nonce, 1_000n)] : [post(nonce, 1_000n)],
    );
    for (const { status, reason } of answers) {
      if (status === 200 || ['TooMuchChaining', 'BadNonce', 'ConflictingNonceInMempool'].includes(reason))
        continue;
      throw new Error(`${status} ${reason}`);
    }
    // Too far ahead: the same again when there is room.
    if (answers.some(({ reason }) => reason === 'TooMuchChaining')) continue;
    if (nonce % 7n === 0n) await post(nonce, 1_500n);
    nonce += 1n;
  }
}

async function watchBlocks(url: string, { blocks }: Seen, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const { body: info } = await ask(url, '/v2/info');
    const highest = Math.max(0, ...blocks.keys());
    for (let height = highest + 1; height <= info.stacks_tip_height; height++) {
      blocks.set(height, await readBlock(url, height));
    }
  }
}

/** A block in the API's first form, which names its transactions. */
export async function readBlock(url: string, height: number): Promise<Json> {
  return (await ask(url, `/extended/v1/block/by_height/${height}`)).body;
}
