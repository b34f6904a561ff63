import type { ClarityAbi } from '@stacks/transactions';
import type { Engine } from './engine.js';

/** Interfaces of deployed contracts, asked of simnet once each: a contract never changes. */
export interface Contracts {
  /** The node's interface JSON, or null if there is no such contract. */
  abi(contractId: string): Promise<ClarityAbi | null>;
  /** After the tip has moved to another branch. */
  forget(): void;
}

/** Interfaces are small; more contracts than this and the oldest is asked for again. */
const MAX_CACHED = 500;

export function createContracts(simnet: Engine): Contracts {
  const cached = new Map<string, ClarityAbi>();
  let age = 0;
  return {
    async abi(contractId) {
      const known = cached.get(contractId);
      if (known !== undefined) return known;
      const asked = age;
      const json = await simnet.ask('interface', { contractId });
      if (json === null) return null;
      const abi: ClarityAbi = JSON.parse(json);
      // An answer from the branch that was left is of no use to the next who asks.
      if (asked === age) {
        if (cached.size >= MAX_CACHED) cached.clear();
        cached.set(contractId, abi);
      }
      return abi;
    },
    forget() {
      age += 1;
      cached.clear();
    },
  };
}
