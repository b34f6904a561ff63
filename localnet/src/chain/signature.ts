import { AuthType, intoInitialSighashAuth, serializeAuthorization } from '@stacks/transactions';
import { sha512Half } from './raw-transaction.js';
import { verifyCondition } from './spending-condition.js';
import type { SignedTransaction } from './transaction.js';

/** Why the signatures of the origin and of the sponsor are not valid, or null. */
export function findSignatureFault({ wire, hex }: Pick<SignedTransaction, 'wire' | 'hex'>): string | null {
  const { auth } = wire;
  try {
    // The origin signs as if it paid itself: it cannot know who will sponsor it.
    const signed = verifyCondition(auth.spendingCondition, initialSigHash(hex, auth), AuthType.Standard);
    if (auth.authType === AuthType.Sponsored) {
      verifyCondition(auth.sponsorSpendingCondition, signed, AuthType.Sponsored);
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** One byte of version and four of chain id. */
const HEAD_HEX_LENGTH = 10;

/** The hash of the transaction as it was before anybody signed it. */
function initialSigHash(hex: string, auth: SignedTransaction['wire']['auth']): string {
  const authEnd = HEAD_HEX_LENGTH + serializeAuthorization(auth).length;
  const unsigned = serializeAuthorization(intoInitialSighashAuth(auth));
  return sha512Half(`${hex.slice(0, HEAD_HEX_LENGTH)}${unsigned}${hex.slice(authEnd)}`);
}
