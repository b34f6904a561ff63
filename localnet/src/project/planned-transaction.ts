import type { GenesisContract } from './requirements.js';

/** One transaction of a plan; `costUstx` is its fee. */
export type PlannedTransaction =
  | {
      readonly kind: 'publish';
      readonly sender: string;
      readonly costUstx: bigint;
      readonly contractName: string;
      readonly source: string;
      readonly clarityVersion: number;
    }
  | {
      readonly kind: 'call';
      readonly sender: string;
      readonly costUstx: bigint;
      readonly contractId: string;
      readonly functionName: string;
      /** Clarity text. */
      readonly parameters: readonly string[];
    }
  | {
      readonly kind: 'transfer';
      readonly sender: string;
      readonly costUstx: bigint;
      readonly recipient: string;
      readonly amountUstx: bigint;
      /** Up to 34 bytes. */
      readonly memoHex: string;
    };

/** What is on the chain before a client sees it. */
export interface DeploymentPlan {
  /** Without a transaction: their owners' keys are not ours. */
  readonly genesisContracts: readonly GenesisContract[];
  readonly transactions: readonly PlannedTransaction[];
}
