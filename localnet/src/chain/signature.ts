import { isSingleSig, type StacksTransactionWire } from '@stacks/transactions';

/** Half the order of secp256k1: consensus accepts only the lower of the two equivalent signatures. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

/** Why the origin's signature is not valid, or null. */
export function findSignatureFault(wire: StacksTransactionWire): string | null {
  const { spendingCondition } = wire.auth;
  if (!isSingleSig(spendingCondition)) return 'not a single signature';
  // One byte of recovery id, then r and s.
  const s = BigInt(`0x${spendingCondition.signature.data.slice(66)}`);
  if (s > HALF_ORDER) return 'signature is not low-S';
  try {
    wire.verifyOrigin();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
