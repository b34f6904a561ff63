import { Pc, type PostCondition } from '@stacks/transactions';

/** What a transaction may move. Anything else undoes it. */
export interface FundsRule {
  readonly postConditions: readonly PostCondition[];
  /** `deny`: nothing moves but what the conditions name. `originator`: that holds for the signer's funds only. */
  readonly postConditionMode: 'deny' | 'originator';
}

/** Nobody's funds move. */
export const movesNothing = (): FundsRule => ({ postConditions: [], postConditionMode: 'deny' });

/** Nothing leaves the signer; the contracts may pay out of their own. */
export const signerKeepsAll = (): FundsRule => ({ postConditions: [], postConditionMode: 'originator' });

/** The signer sends exactly this many microSTX, and nothing else moves. */
export const signerSends = (amountUstx: bigint): FundsRule =>
  allowOnly(amountUstx, () => Pc.origin().willSendEq(amountUstx).ustx());

/** The signer sends at most this many microSTX, and nothing else moves. */
export const signerSendsAtMost = (amountUstx: bigint): FundsRule =>
  allowOnly(amountUstx, () => Pc.origin().willSendLte(amountUstx).ustx());

/** A contract sends exactly this many microSTX, and nothing else moves. */
export const contractSends = (contract: string, amountUstx: bigint): FundsRule =>
  allowOnly(amountUstx, () => principalOf(contract).willSendEq(amountUstx).ustx());

/** A contract sends at most this many microSTX, and nothing else moves. */
export const contractSendsAtMost = (contract: string, amountUstx: bigint): FundsRule =>
  allowOnly(amountUstx, () => principalOf(contract).willSendLte(amountUstx).ustx());

const allowOnly = (amountUstx: bigint, makeCondition: () => PostCondition): FundsRule =>
  amountUstx === 0n ? movesNothing() : { postConditions: [makeCondition()], postConditionMode: 'deny' };

// Pc wants the template type `ADDRESS.name`; our caller builds it from just these parts.
const principalOf = (contract: string) => Pc.principal(contract as `${string}.${string}`);
