import { Cl, type ClarityValue, makeContractCall, type PostCondition } from '@stacks/transactions';
import type { BenchAccount } from './node-process.js';

/** A call with everything but a signature. */
export interface UnsignedCall {
  readonly contractAddress: string;
  readonly contractName: string;
  readonly functionName: string;
  readonly functionArgs: ClarityValue[];
  readonly postConditions?: PostCondition[];
  readonly postConditionMode?: 'deny' | 'originator';
}

/** Enough for any call measured here. */
const FEE_USTX = 3_000n;

/**
 * Signs `count` calls, spread over the accounts; those of one account are in the order of their nonces, which begin
 * at `firstNonce`.
 */
export async function signCalls(
  accounts: readonly BenchAccount[],
  count: number,
  callOf: (index: number) => UnsignedCall,
  firstNonce: (account: BenchAccount) => bigint = () => 0n,
): Promise<readonly Uint8Array[]> {
  const signed: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const account = accounts[index % accounts.length];
    if (account === undefined) throw new Error('there are no accounts');
    const transaction = await makeContractCall({
      postConditionMode: 'deny',
      ...callOf(index),
      senderKey: account.privateKey,
      network: 'testnet',
      fee: FEE_USTX,
      nonce: firstNonce(account) + BigInt(Math.floor(index / accounts.length)),
    });
    signed.push(transaction.serializeBytes());
  }
  return signed;
}

/** A call of a function that takes one number. */
export function makeCall(contractId: string, functionName: string, value: number): UnsignedCall {
  const [contractAddress = '', contractName = ''] = contractId.split('.');
  return { contractAddress, contractName, functionName, functionArgs: [Cl.uint(value)] };
}
