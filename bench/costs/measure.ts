import { initSimnet } from '@stacks/clarinet-sdk';
import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';

/** What a node charges for one call. */
export interface Cost {
  readonly reads: number;
  readonly writes: number;
  readonly readLengthBytes: number;
  /** Simnet's units: about ten times those of epoch 4.0. */
  readonly runtime: number;
}

export interface Measured {
  readonly value: ClarityValue;
  readonly cost: Cost;
}

/** Simnet with our contracts, as far as the bench needs it. */
export interface Chain {
  readonly accounts: ReadonlyMap<string, string>;
  /** Makes a call that must return ok; throws what came instead. */
  readonly call: (contract: string, name: string, args: ClarityValue[], by: string) => Measured;
  readonly view: (contract: string, name: string, args: ClarityValue[]) => Measured;
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
      if (answer.result.type !== 'ok')
        throw new Error(`expected ${name} to return ok, it returned ${Cl.stringify(answer.result)}`);
      return { value: answer.result.value, cost: costOf(name, answer.costs) };
    },
    view: (contract, name, args) => {
      const answer = simnet.callReadOnlyFn(contract, name, args, sender);
      return { value: answer.result, cost: costOf(name, answer.costs) };
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

function costOf(name: string, costs: SimnetCosts): Cost {
  if (!costs) throw new Error(`simnet tracked no costs of ${name}`);
  const { readCount, writeCount, readLength, runtime } = costs.total;
  return { reads: readCount, writes: writeCount, readLengthBytes: readLength, runtime };
}
