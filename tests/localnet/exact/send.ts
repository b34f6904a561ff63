import type { DevnetAccount } from '@fac/localnet';
import {
  Cl,
  makeUnsignedContractCall,
  makeUnsignedContractDeploy,
  makeUnsignedSTXTokenTransfer,
  Pc,
  type PostCondition,
  privateKeyToPublic,
  publicKeyToHex,
  type StacksTransactionWire,
  sponsorTransaction,
  TransactionSigner,
} from '@stacks/transactions';
import { COUNTER, type Harness, type Json } from '../harness.js';
import type { Sending } from './operations.js';

export function pick<T>(from: readonly T[], number: number): T {
  const found = from[number % from.length];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}

/** The name under which everybody deploys: again on another branch, with other code. */
export const THING = 'thing';
const codeOf = (value: number) =>
  `(define-data-var version uint u${value}) (define-public (bump) (ok (var-set version (+ u${(value % 7) + 1} (var-get version)))))`;

/** Signs what is to be sent, for the nonce that is next when this is asked. */
export async function signSending(h: Harness, sending: Sending): Promise<StacksTransactionWire> {
  const { accounts } = h.node;
  const from = pick(accounts, sending.from);
  const sponsor = sending.sponsor === null ? null : pick(accounts, sending.sponsor);
  const nonces = (await h.get(`/extended/v1/address/${from.address}/nonces`)).body;
  const waiting: readonly number[] = nonces.detected_mempool_nonces;
  const isReplacement = sending.replaces && waiting.length > 0;
  const nonce = isReplacement ? pick(waiting, sending.value) : nonces.possible_next_nonce + sending.gap;
  const fee = sending.feeUstx + (isReplacement ? 10_000 : 0);
  const isSponsored = sponsor !== null && sponsor.address !== from.address;
  const unsigned = await buildUnsigned(h, sending, from, {
    publicKey: publicKeyToHex(privateKeyToPublic(from.privateKey)),
    network: h.network,
    nonce,
    fee: isSponsored ? 0 : fee,
    sponsored: isSponsored,
  });
  const signer = new TransactionSigner(unsigned);
  signer.signOrigin(from.privateKey);
  const transaction = signer.getTxInComplete();
  if (!isSponsored) return transaction;
  const { possible_next_nonce: sponsorNonce } = (
    await h.get(`/extended/v1/address/${sponsor.address}/nonces`)
  ).body;
  const keyAndFee = { sponsorPrivateKey: sponsor.privateKey, sponsorNonce, fee };
  return sponsorTransaction({ transaction, network: h.network, ...keyAndFee });
}

interface Common {
  readonly publicKey: ReturnType<typeof privateKeyToPublic>;
  readonly network: Harness['network'];
  readonly nonce: number;
  readonly fee: number;
  readonly sponsored: boolean;
}

async function buildUnsigned(
  h: Harness,
  { action, value, from: index }: Sending,
  from: DevnetAccount,
  common: Common,
) {
  const other = pick(h.node.accounts, index + 1);
  const call = (functionName: string, args: Json[] = [], conditions: PostCondition[] | null = null) =>
    callOf(COUNTER, functionName, args, conditions, common);
  switch (action) {
    case 'increment':
    case 'refuse':
    case 'mint':
    case 'crash':
      return call(action);
    case 'deposit':
    case 'withdraw':
      return call(action, [Cl.uint(value)]);
    case 'breakPostCondition':
      return call('deposit', [Cl.uint(value)], [Pc.principal(from.address).willSendLt(value).ustx()]);
    case 'transfer':
      return makeUnsignedSTXTokenTransfer({ ...common, recipient: other.address, amount: value });
    case 'drain': {
      // What is left pays for little more than itself.
      const { balance } = await h.account(from.address);
      const left = BigInt(common.fee + (value % 3_000));
      const amount = balance > left + 1n ? balance - left : 1n;
      return makeUnsignedSTXTokenTransfer({ ...common, recipient: other.address, amount });
    }
    case 'deploy':
      return makeUnsignedContractDeploy({
        ...common,
        contractName: THING,
        codeBody: value % 10 === 0 ? '(define-public (bump) (ok (nothing)))' : codeOf(value),
        clarityVersion: 4,
      });
    case 'bump':
      return callOf(`${from.address}.${THING}`, 'bump', [], null, common);
  }
}

function callOf(
  contract: string,
  functionName: string,
  functionArgs: Json[],
  conditions: PostCondition[] | null,
  common: Common,
) {
  const [contractAddress = '', contractName = ''] = contract.split('.');
  return makeUnsignedContractCall({
    ...common,
    ...{ contractAddress, contractName, functionName, functionArgs },
    postConditionMode: conditions === null ? 'allow' : 'deny',
    postConditions: conditions ?? [],
  });
}
