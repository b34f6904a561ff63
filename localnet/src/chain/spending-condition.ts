import {
  AddressHashMode,
  AddressVersion,
  type AuthType,
  addressFromPublicKeys,
  addressFromVersionHash,
  addressToString,
  isNonSequentialMultiSig,
  isSequentialMultiSig,
  isSingleSig,
  nextVerification,
  type PubKeyEncoding,
  type PublicKeyWire,
  type SpendingCondition,
  StacksWireType,
} from '@stacks/transactions';

/** The testnet account that a spending condition speaks for. */
export function addressOf({ hashMode, signer }: SpendingCondition): string {
  // Everything but a plain key is a script to Bitcoin, and has the version byte of one.
  const isPlainKey = hashMode === AddressHashMode.P2PKH;
  const version = isPlainKey ? AddressVersion.TestnetSingleSig : AddressVersion.TestnetMultiSig;
  return addressToString(addressFromVersionHash(version, signer));
}

/** A multi-signature that is not complete is no transaction to the node: it does not even read it. */
export function assertComplete(condition: SpendingCondition): void {
  if (isSingleSig(condition)) return;
  const { hashMode, fields, signaturesRequired } = condition;
  const given = fields.filter(({ contents }) => contents.type === StacksWireType.MessageSignature).length;
  const isEnough = isSequentialMultiSig(hashMode)
    ? given === signaturesRequired
    : given >= signaturesRequired;
  if (isEnough) return;
  throw new Error(
    `Failed to parse multisig spending condition: got ${given} sigs, expected ${signaturesRequired}`,
  );
}

/**
 * Recovers the public keys behind the signatures and compares their hash with the account's.
 * Returns the hash that a sponsor signs next; throws the node's words. SIP-005; SIP-027 for any order.
 */
export function verifyCondition(condition: SpendingCondition, sigHash: string, authType: AuthType): string {
  const { hashMode, signer, nonce, fee } = condition;
  const keys: PublicKeyWire[] = [];
  let current = sigHash;
  const recover = (encoding: PubKeyEncoding, signature: string) => {
    assertLowS(signature);
    const { pubKey, nextSigHash } = recoverKey(() =>
      nextVerification(current, authType, fee, nonce, encoding, signature),
    );
    keys.push(pubKey);
    if (!isNonSequentialMultiSig(hashMode)) current = nextSigHash;
  };
  if (isSingleSig(condition)) {
    recover(condition.keyEncoding, condition.signature.data);
  } else {
    for (const { pubKeyEncoding, contents } of condition.fields) {
      if (contents.type === StacksWireType.PublicKey) keys.push(contents);
      else recover(pubKeyEncoding, contents.data);
    }
  }
  const required = isSingleSig(condition) ? 1 : condition.signaturesRequired;
  // Only the hash is compared, so the version byte does not matter.
  const { hash160 } = addressFromPublicKeys(AddressVersion.TestnetSingleSig, hashMode, required, keys);
  if (hash160 !== signer) {
    throw new Error(`Signer hash does not equal hash of public key(s): ${hash160} != ${signer}`);
  }
  return current;
}

/** Half the order of secp256k1: consensus accepts only the lower of the two equivalent signatures. */
const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

function assertLowS(signature: string): void {
  // One byte of recovery id, then r and s.
  if (BigInt(`0x${signature.slice(66)}`) > HALF_ORDER) throw new Error('Invalid signature: high-S');
}

function recoverKey<T>(recover: () => T): T {
  try {
    return recover();
  } catch (cause) {
    throw new Error('Invalid signature: failed to recover public key', { cause });
  }
}
