import type { Fac, PreparedCall } from '@fac/sdk';
import { Cl, type ClarityValue, Pc, serializeCVBytes } from '@stacks/transactions';
import { bytesOf, type SampleTask, SOON_BLOCKS, STX } from './sample-tasks.js';
import { JOB_STEPS, type SampleTemplates } from './set-up.js';

/** Five units a step: the job takes all its steps. */
const JOB_UNITS = 12n;
const GRANT_USTX = 10n * STX;
const LIMIT_PRICE = 100n;
const CODE_NOT_READY = 2_999n;
const POLL_MS = 200;

/**
 * Work that contracts do on chain, in transactions that a keeper sends: a heartbeat now and one at its time, a job of
 * three steps, a payout to `beneficiary` of what has vested, and a task that waits for a price.
 */
export const makeOnchainTasks = async (
  dapp: Fac,
  beneficiary: string,
  { heartbeat, chained, vesting, priced }: SampleTemplates,
): Promise<readonly SampleTask[]> => {
  const { queue, scheduler } = dapp;
  const [now, grant] = await Promise.all([queue.read.getNext(), makeGrant(dapp, beneficiary)]);
  const beat = { template: heartbeat, rewardUstx: 2n * STX };
  const later = { clock: 'stacks', at: now.stacks + SOON_BLOCKS } as const;
  const job = encode(Cl.tuple({ units: Cl.uint(JOB_UNITS), done: Cl.uint(0), sum: Cl.uint(0) }));
  const made = {
    'heartbeat-now': queue.enqueueTask({ ...beat, ...labelled('heartbeat-now') }),
    'heartbeat-later': scheduler.createAndSchedule({ ...beat, ...labelled('heartbeat-later'), ...later }),
    'chained-job': queue.enqueueTask({
      ...{ template: chained, rewardUstx: STX, steps: JOB_STEPS },
      ...labelled('chained-job', job),
    }),
    'vesting-payout': queue.enqueueTask({
      ...{ template: vesting, rewardUstx: STX },
      ...labelled('vesting-payout', encode(Cl.uint(grant))),
    }),
    'price-reached': queue.enqueueTask({
      ...{ template: priced, rewardUstx: STX },
      ...labelled('price-reached', encode(Cl.uint(LIMIT_PRICE))),
    }),
  };
  return Promise.all(
    Object.entries(made).map(async ([label, task]) => ({
      label,
      handle: await task,
      expected: 'succeeded' as const,
    })),
  );
};

/** Waits until the priced task was tried in vain, then sets the price that it waits for. */
export const setPriceOnceWanted = async (owner: Fac, tasks: readonly SampleTask[]): Promise<void> => {
  const priced = tasks.find(({ label }) => label === 'price-reached');
  if (priced === undefined) throw new Error('there is no priced task');
  while ((await priced.handle.state()).code !== CODE_NOT_READY) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await callExample(owner, 'price-condition', 'set-price', [Cl.uint(LIMIT_PRICE)]);
};

/** A payload that is no text needs a tag for a name. */
const labelled = (label: string, payload = bytesOf(label)) => ({ payload, tag: bytesOf(label) });

const encode = (value: ClarityValue): Uint8Array => serializeCVBytes(value);

/** Pays for a grant that has vested one block later; answers its number. */
const makeGrant = async (dapp: Fac, beneficiary: string): Promise<bigint> => {
  const args = [Cl.principal(beneficiary), Cl.uint(GRANT_USTX), Cl.uint(1)];
  const result = await callExample(dapp, 'vesting-payout', 'create-grant', args, GRANT_USTX);
  if (result.type !== 'ok' || result.value.type !== 'uint') throw new Error('the grant was not made');
  return BigInt(result.value.value);
};

/** Calls a sample contract, which the SDK does not know, and sends it exactly `ustx`. */
const callExample = async (
  { address = '', deployer, submit, waitForTransaction }: Fac,
  contractName: string,
  functionName: string,
  functionArgs: ClarityValue[],
  ustx = 0n,
): Promise<ClarityValue> => {
  const call: PreparedCall = {
    ...{ contractAddress: deployer, contractName, functionName, functionArgs },
    postConditions: ustx > 0n ? [Pc.principal(address).willSendEq(ustx).ustx()] : [],
    postConditionMode: 'deny',
  };
  const { txid } = await submit(call);
  const { status, result } = await waitForTransaction(txid);
  if (status !== 'success') throw new Error(`${contractName}.${functionName}: ${status}`);
  return result;
};
