import type { Ledger } from './ledger.js';
import { makeRejection, type Rejection } from './rejection.js';
import type { AccountNonce, SignedTransaction } from './transaction.js';

/** Nonces an account may have waiting beyond its next one. */
export const MAX_CHAINED_AHEAD = 26n;

/** Why a nonce is used up or too far ahead; the sponsor's is looked at first, as the node does. */
export function findNonceFault(
  ledger: Ledger,
  { sender, nonce, sponsor }: SignedTransaction,
): Rejection | null {
  const origin = { address: sender, nonce };
  return (
    (sponsor && findUsed(ledger, sponsor, false)) ??
    findUsed(ledger, origin, true) ??
    findTooFar(ledger, origin, true) ??
    (sponsor && findTooFar(ledger, sponsor, false)) ??
    null
  );
}

function findUsed(ledger: Ledger, { address, nonce }: AccountNonce, isOrigin: boolean): Rejection | null {
  const next = ledger.nonceOf(address);
  if (nonce >= next) return null;
  return makeRejection('BadNonce', nonceData(next, { address, nonce }, isOrigin));
}

function findTooFar(ledger: Ledger, { address, nonce }: AccountNonce, isOrigin: boolean): Rejection | null {
  const limit = ledger.nonceOf(address) + MAX_CHAINED_AHEAD;
  if (nonce <= limit) return null;
  const message = 'Nonce would exceed chaining limit in mempool';
  return makeRejection('TooMuchChaining', { message, ...nonceData(limit, { address, nonce }, isOrigin) });
}

function nonceData(expected: bigint, { address, nonce }: AccountNonce, isOrigin: boolean) {
  return { expected: Number(expected), actual: Number(nonce), principal: address, is_origin: isOrigin };
}
