import {
  Cl,
  cvToString,
  deserializeCV,
  makeContractCall,
  makeContractDeploy,
  makeSTXTokenTransfer,
} from '@stacks/transactions';
import { LocalnetError } from '../errors.js';
import type { DevnetAccount } from '../project/accounts.js';
import type { PlannedTransaction } from '../project/planned-transaction.js';
import type { Chain } from './chain.js';
import { decodeTransaction } from './transaction.js';

/** Sends the plan as signed transactions through the mempool, one block each, and mines them. Returns contract ids. */
export async function deployPlan(
  chain: Chain,
  plan: readonly PlannedTransaction[],
  accounts: readonly DevnetAccount[],
): Promise<readonly string[]> {
  const contractIds: string[] = [];
  for (const planned of plan) {
    const what = describe(planned);
    const account = accounts.find(({ address }) => address === planned.sender);
    if (account === undefined) {
      throw new LocalnetError(
        'INVALID_PLAN',
        `${what} is to be sent by ${planned.sender}, which is none of the accounts`,
      );
    }
    await sendPlanned(chain, planned, account, what);
    if (planned.kind === 'publish') contractIds.push(`${planned.sender}.${planned.contractName}`);
  }
  return contractIds;
}

function describe(planned: PlannedTransaction): string {
  switch (planned.kind) {
    case 'publish':
      return planned.contractName;
    case 'call':
      return `${planned.contractId}.${planned.functionName}`;
    case 'transfer':
      return `transfer to ${planned.recipient}`;
  }
}

async function sendPlanned(chain: Chain, planned: PlannedTransaction, account: DevnetAccount, what: string) {
  const nonce = chain.ledger.nonceOf(account.address);
  const transaction = decodeTransaction(await sign(planned, account, nonce));
  const rejection = await chain.submit(transaction);
  if (rejection !== null) {
    throw new LocalnetError(
      'REJECTED_DEPLOYMENT',
      `${what}: ${rejection.reason} ${JSON.stringify(rejection.data)}`,
    );
  }
  await chain.miner.mine('stacks');
  const mined = chain.ledger.transaction(transaction.txid);
  if (mined?.outcome.status === 'success') return;
  const result = mined === undefined ? 'was not mined' : cvToString(deserializeCV(mined.outcome.resultHex));
  throw new LocalnetError('REJECTED_DEPLOYMENT', `${what}: ${result} ${mined?.outcome.vmError ?? ''}`);
}

async function sign(planned: PlannedTransaction, account: DevnetAccount, nonce: bigint): Promise<string> {
  const common = {
    senderKey: account.privateKey,
    network: 'testnet',
    nonce,
    // A plan has no post-conditions; whoever wrote it stands for what its calls move.
    postConditionMode: 'allow',
  } as const;
  const build = (fee: bigint) => {
    if (planned.kind === 'publish') {
      const { contractName, source, clarityVersion } = planned;
      return makeContractDeploy({ ...common, fee, contractName, codeBody: source, clarityVersion });
    }
    if (planned.kind === 'transfer') {
      const { recipient, amountUstx: amount, memoHex } = planned;
      const memo = Buffer.from(memoHex, 'hex').toString();
      return makeSTXTokenTransfer({ ...common, fee, recipient, amount, memo });
    }
    const [contractAddress = '', contractName = ''] = planned.contractId.split('.');
    const functionArgs = planned.parameters.map((text) => Cl.parse(text));
    const { functionName } = planned;
    return makeContractCall({ ...common, fee, contractAddress, contractName, functionName, functionArgs });
  };
  const transaction = await build(planned.costUstx);
  // The length does not depend on the fee, so the node's floor of 1 uSTX per byte can be met in one more go.
  const floor = BigInt(transaction.serializeBytes().byteLength);
  return (planned.costUstx >= floor ? transaction : await build(floor)).serialize();
}
