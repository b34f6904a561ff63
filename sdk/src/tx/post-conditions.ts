import { Pc, type PostCondition } from '@stacks/transactions';

/** What a transaction may move. Anything else undoes it. */
export interface FundsRule {
  readonly postConditions: readonly PostCondition[];
  /** `deny`: nothing moves but what the conditions name. `originator`: that holds for the signer's funds only. */
  readonly postConditionMode: 'deny' | 'originator';
}

/** Nobody's funds move. */
export const MOVES_NOTHING: FundsRule = { postConditions: [], postConditionMode: 'deny' };

/** Nothing leaves the signer; the contracts may pay out of their own. */
export const SIGNER_KEEPS_ALL: FundsRule = { postConditions: [], postConditionMode: 'originator' };

/** The signer sends exactly this many microSTX, and nothing else moves. */
export const signerSends = (amountUstx: bigint): FundsRule => ({
  postConditions: amountUstx === 0n ? [] : [Pc.origin().willSendEq(amountUstx).ustx()],
  postConditionMode: 'deny',
});

/** A contract sends exactly this many microSTX, and nothing else moves. */
export const contractSends = (contract: string, amountUstx: bigint): FundsRule => ({
  // Pc wants the template type `ADDRESS.name`; our caller builds it from just these parts.
  postConditions:
    amountUstx === 0n
      ? []
      : [
          Pc.principal(contract as `${string}.${string}`)
            .willSendEq(amountUstx)
            .ustx(),
        ],
  postConditionMode: 'deny',
});
