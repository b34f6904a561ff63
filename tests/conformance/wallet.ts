import { randomBytes } from 'node:crypto';
import { createNetwork, type StacksNetwork } from '@stacks/network';
import {
  getAddressFromPrivateKey,
  makeContractCall,
  makeContractDeploy,
  makeSTXTokenTransfer,
  type StacksTransactionWire,
} from '@stacks/transactions';
import { expect } from 'vitest';
import { fetchShaped, get, postJson, shaped } from './http.js';
import { ACCOUNT } from './schemas/node.js';
import { REJECTION, TXID } from './schemas/transactions.js';
import type { TargetFacts } from './target.js';
import { waitFor } from './wait-for.js';

export interface Wallet {
  readonly key: string;
  readonly address: string;
  readonly network: StacksNetwork;
}

/** Enough for the small transactions of the cases, at a microSTX per byte. */
export const FEE_USTX = 2_000n;

export function walletOf(target: TargetFacts, key = target.privateKey): Wallet {
  if (key === null) throw new Error('the case asks for no funded account');
  const name = target.isMainnet ? 'mainnet' : 'testnet';
  const network = createNetwork({ network: name, client: { baseUrl: target.url } });
  return { key, address: getAddressFromPrivateKey(key, name), network };
}

/** A key nobody has used: its account has nothing, and its transactions are refused for their own sake. */
export const freshWallet = (target: TargetFacts) => walletOf(target, `${randomBytes(32).toString('hex')}01`);

export async function nonceOf(target: TargetFacts, { address }: Wallet): Promise<bigint> {
  return BigInt((await fetchShaped(target, `/v2/accounts/${address}?proof=0`, ACCOUNT)).nonce);
}

export async function balanceOf(target: TargetFacts, principal: string): Promise<bigint> {
  return BigInt((await fetchShaped(target, `/v2/accounts/${principal}?proof=0`, ACCOUNT)).balance);
}

interface Terms {
  readonly nonce: bigint;
  readonly fee?: bigint;
}

export const signTransfer = (
  { key, network }: Wallet,
  recipient: string,
  amount: bigint,
  { nonce, fee = FEE_USTX }: Terms,
) => makeSTXTokenTransfer({ network, recipient, amount, senderKey: key, nonce, fee, memo: 'conformance' });

export const signDeploy = (
  { key, network }: Wallet,
  contractName: string,
  codeBody: string,
  { nonce, fee = FEE_USTX }: Terms,
) => makeContractDeploy({ network, contractName, codeBody, clarityVersion: 3, senderKey: key, nonce, fee });

export function signCall({ key, network }: Wallet, contractId: string, functionName: string, terms: Terms) {
  const [contractAddress = '', contractName = ''] = contractId.split('.');
  const { nonce, fee = FEE_USTX } = terms;
  const call = { contractAddress, contractName, functionName, functionArgs: [] };
  return makeContractCall({ ...call, network, senderKey: key, nonce, fee, postConditionMode: 'allow' });
}

export const send = (target: TargetFacts, transaction: StacksTransactionWire) =>
  postJson(target, '/v2/transactions', { tx: transaction.serialize() });

/** Sends what has to be taken; returns its id. */
export async function submit(target: TargetFacts, transaction: StacksTransactionWire): Promise<string> {
  const txid = shaped(await send(target, transaction), TXID);
  expect(txid).toBe(transaction.txid());
  return txid;
}

export async function refusalOf(target: TargetFacts, transaction: StacksTransactionWire) {
  const refusal = shaped(await send(target, transaction), REJECTION, 400);
  expect(refusal.txid).toBe(transaction.txid());
  return refusal;
}

/** Waits until an account has used a nonce, which any node can be asked. */
export async function waitUntilMined(target: TargetFacts, wallet: Wallet, nonce: bigint): Promise<void> {
  await waitFor(target, `nonce ${nonce} of ${wallet.address}`, async () => {
    return (await nonceOf(target, wallet)) > nonce ? true : null;
  });
}

/** Sends, and waits until it is mined and no longer shown as waiting. */
export async function run(
  target: TargetFacts,
  wallet: Wallet,
  transaction: StacksTransactionWire,
): Promise<string> {
  const nonce = BigInt(transaction.auth.spendingCondition.nonce);
  const txid = await submit(target, transaction);
  await waitUntilMined(target, wallet, nonce);
  await waitFor(target, `${txid} leaves the mempool`, async () => {
    const { status } = await get(target, `/v2/transactions/unconfirmed/${txid}`);
    return status === 404 ? true : null;
  });
  return txid;
}
