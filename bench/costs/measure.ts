import { initSimnet } from '@stacks/clarinet-sdk';
import type { ClarityValue } from '@stacks/transactions';
import {
  AddressHashMode,
  Cl,
  createContractCallPayload,
  createSingleSigSpendingCondition,
  createStandardAuth,
  StacksTransactionWire,
} from '@stacks/transactions';

/** Any key: a transaction of one signer is as long with each. */
const PUBLIC_KEY = `02${'11'.repeat(32)}`;

/** What a node charges for one call. */
export interface Cost {
  readonly reads: number;
  readonly writes: number;
  readonly readLengthBytes: number;
  readonly writeLengthBytes: number;
  /** Simnet's units: about ten times those of epoch 4.0. */
  readonly runtime: number;
  /** Of the transaction, without post-conditions; 0 for a call-read. */
  readonly transactionBytes: number;
}

export interface Measured {
  readonly value: ClarityValue;
  readonly cost: Cost;
}

/** Simnet with our contracts, as far as the bench needs it. */
export interface Chain {
  readonly accounts: ReadonlyMap<string, string>;
  /** Makes a call that must return ok, also for each item of a batch; throws what came instead. */
  readonly call: (contract: string, name: string, args: ClarityValue[], by: string) => Measured;
  readonly view: (contract: string, name: string, args: ClarityValue[]) => Measured;
  readonly deploy: (contract: string, source: string, by: string) => void;
  readonly state: (id: bigint) => Readonly<Record<string, ClarityValue>>;
  readonly height: () => bigint;
  readonly burnHeight: () => bigint;
  readonly timeSeconds: () => bigint;
  readonly mine: (blocks: bigint) => void;
}

export async function openChain(manifest: string): Promise<Chain> {
  const simnet = await initSimnet(manifest, true, { trackCosts: true, trackCoverage: false });
  const sender = simnet.deployer;
  return {
    accounts: simnet.getAccounts(),
    call: (contract, name, args, by) => {
      const answer = simnet.callPublicFn(contract, name, args, by);
      const value = assertOk(name, answer.result);
      return { value, cost: costOf(name, answer.costs, transactionBytes(sender, contract, name, args)) };
    },
    view: (contract, name, args) => {
      const answer = simnet.callReadOnlyFn(contract, name, args, sender);
      return { value: answer.result, cost: costOf(name, answer.costs, 0) };
    },
    deploy: (contract, source, by) => {
      simnet.deployContract(contract, source, null, by);
    },
    state: (id) => {
      const entry = simnet.getMapEntry('async-queue', 'states', Cl.uint(id));
      if (entry.type !== 'some' || entry.value.type !== 'tuple') throw new Error(`task ${id} has no state`);
      return entry.value.value;
    },
    height: () => BigInt(simnet.stacksBlockHeight),
    burnHeight: () => BigInt(simnet.burnBlockHeight),
    timeSeconds: () => BigInt(simnet.getBlockTime()),
    mine: (blocks) => {
      if (blocks > 0n) simnet.mineEmptyStacksBlocks(Number(blocks));
    },
  };
}

type SimnetCosts =
  Awaited<ReturnType<typeof initSimnet>> extends {
    callPublicFn: (...args: never[]) => { costs: infer C };
  }
    ? C
    : never;

function assertOk(name: string, answer: ClarityValue): ClarityValue {
  if (answer.type !== 'ok')
    throw new Error(`expected ${name} to return ok, it returned ${Cl.stringify(answer)}`);
  const items = answer.value.type === 'list' ? answer.value.value : [];
  const refused = items.find(({ type }) => type === 'err');
  if (refused)
    throw new Error(`expected ${name} to refuse no item, it answered one ${Cl.stringify(refused)}`);
  return answer.value;
}

function costOf(name: string, costs: SimnetCosts, transactionBytes: number): Cost {
  if (!costs) throw new Error(`simnet tracked no costs of ${name}`);
  const { readCount, writeCount, readLength, writeLength, runtime } = costs.total;
  return {
    reads: readCount,
    writes: writeCount,
    readLengthBytes: readLength,
    writeLengthBytes: writeLength,
    runtime,
    transactionBytes,
  };
}

function transactionBytes(deployer: string, contract: string, name: string, args: ClarityValue[]): number {
  const payload = createContractCallPayload(deployer, contract, name, args);
  const condition = createSingleSigSpendingCondition(AddressHashMode.P2PKH, PUBLIC_KEY, 0, 0);
  return new StacksTransactionWire({ payload, auth: createStandardAuth(condition) }).serializeBytes().length;
}
