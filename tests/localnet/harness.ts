import { fileURLToPath } from 'node:url';
import { type DevnetAccount, type Localnet, type LocalnetOptions, startLocalnet } from '@fac/localnet';
import { createNetwork, type StacksNetwork } from '@stacks/network';
import {
  type ClarityValue,
  makeContractCall,
  makeSTXTokenTransfer,
  type PostCondition,
  type PostConditionModeName,
  type StacksTransactionWire,
} from '@stacks/transactions';

export const FIXTURE = fileURLToPath(new URL('./fixtures/project/Clarinet.toml', import.meta.url));
export const DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
export const COUNTER = `${DEPLOYER}.counter`;
/** Enough for any transaction of these tests. */
export const FEE = 2_000n;

/** A body as it came; the assertions say what must be in it. */
// biome-ignore lint/suspicious/noExplicitAny: every field of it is compared with a typed value
export type Json = any;

export interface CallOptions {
  /** The counter unless given. */
  readonly contract?: string;
  readonly args?: ClarityValue[];
  readonly nonce?: bigint;
  readonly fee?: bigint;
  readonly mode?: PostConditionModeName;
  readonly conditions?: PostCondition[];
}

export interface Harness {
  readonly node: Localnet;
  readonly network: StacksNetwork;
  readonly alice: DevnetAccount;
  readonly bob: DevnetAccount;
  get(path: string): Promise<{ status: number; body: Json }>;
  post(path: string, body: unknown): Promise<{ status: number; body: Json }>;
  /** Signs a call; the nonce is the account's next one unless given. */
  call(from: DevnetAccount, functionName: string, options?: CallOptions): Promise<StacksTransactionWire>;
  transfer(
    from: DevnetAccount,
    to: string,
    amount: bigint,
    options?: CallOptions,
  ): Promise<StacksTransactionWire>;
  broadcast(transaction: StacksTransactionWire): Promise<{ status: number; body: Json }>;
  /** Broadcasts, mines one block and returns what the node says of the transaction. */
  run(transaction: StacksTransactionWire): Promise<Json>;
  transactionOf(txid: string): Promise<Json>;
  account(principal: string): Promise<{ balance: bigint; nonce: number }>;
  count(): Promise<string>;
}

/** A node over the fixture project on a free port that mines on demand only. */
export async function startFixture(options: LocalnetOptions = {}): Promise<Harness> {
  const node = await startLocalnet({
    manifest: FIXTURE,
    port: 0,
    blockTimeMs: 0,
    paused: options.blockTimeMs === undefined,
    faults: true,
    ...options,
  });
  const network = createNetwork({ network: 'devnet', client: { baseUrl: node.url } });
  const [, alice, bob] = node.accounts;
  if (alice === undefined || bob === undefined) throw new Error('the fixture has three accounts');

  const read = async (response: Response) => {
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  const get = async (path: string) => read(await fetch(`${node.url}${path}`));
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    return read(await fetch(`${node.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }));
  };
  const account = async (principal: string) => {
    const { body } = await get(`/v2/accounts/${principal}?proof=0`);
    return { balance: BigInt(body.balance), nonce: body.nonce };
  };
  const nextNonce = async (principal: string) => {
    const { body } = await get(`/extended/v1/address/${principal}/nonces`);
    return BigInt(body.possible_next_nonce);
  };
  const broadcast = (transaction: StacksTransactionWire) =>
    post('/v2/transactions', { tx: transaction.serialize() });
  const transactionOf = async (txid: string) => (await get(`/extended/v1/tx/${txid}`)).body;

  return {
    node,
    network,
    alice,
    bob,
    get,
    post,
    account,
    broadcast,
    transactionOf,
    async call(from, functionName, options = {}) {
      const { contract = COUNTER, args = [], nonce, fee = FEE, mode = 'deny', conditions = [] } = options;
      const [contractAddress = '', contractName = ''] = contract.split('.');
      return makeContractCall({
        ...{ network, contractAddress, contractName, functionName },
        functionArgs: args,
        senderKey: from.privateKey,
        nonce: nonce ?? (await nextNonce(from.address)),
        fee,
        postConditionMode: mode,
        postConditions: conditions,
      });
    },
    async transfer(from, recipient, amount, { nonce, fee = FEE } = {}) {
      return makeSTXTokenTransfer({
        network,
        recipient,
        amount,
        senderKey: from.privateKey,
        nonce: nonce ?? (await nextNonce(from.address)),
        fee,
      });
    },
    async run(transaction) {
      const { status, body } = await broadcast(transaction);
      if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
      await node.mine();
      return transactionOf(body);
    },
    async count() {
      return (await get(`/v2/data_var/${DEPLOYER}/counter/count?proof=0`)).body.data;
    },
  };
}
