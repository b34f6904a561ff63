import { getAddressFromPrivateKey, makeContractCall } from '@stacks/transactions';
import type { NetworkName } from '../base/network.js';
import { FacError } from '../errors/fac-error.js';
import type { Signer } from './signer.js';

export interface KeySignerOptions {
  /** 64 hex digits, or 66 ending in `01`. It is never printed. */
  readonly privateKey: string;
  /** The network its transactions are for. */
  readonly network: NetworkName;
}

const KEY = /^[0-9a-fA-F]{64}(01)?$/;

/** Signs with a key held in memory. Throws `INVALID_KEY`. */
export const createKeySigner = ({ privateKey, network }: KeySignerOptions): Signer => {
  const senderKey = checkKey(privateKey);
  return {
    address: readAddress(senderKey, network),
    sign: async (call, { nonce, feeUstx }) => {
      const transaction = await makeContractCall({ ...call, senderKey, network, nonce, fee: feeUstx });
      const rawHex = transaction.serialize();
      return { txid: transaction.txid(), raw: transaction.serializeBytes(), rawHex, nonce, feeUstx };
    },
  };
};

/** A key without its suffix would be signed for as an uncompressed one, which has another address. */
const checkKey = (privateKey: string): string => {
  if (typeof privateKey === 'string' && KEY.test(privateKey)) return `${privateKey.slice(0, 64)}01`;
  throw new FacError('INVALID_KEY', { expected: '64 hex digits, or 66 ending in 01' });
};

const readAddress = (senderKey: string, network: NetworkName): string => {
  try {
    return getAddressFromPrivateKey(senderKey, network);
  } catch {
    // The library's error may quote the key, so it is not kept as a cause.
    throw new FacError('INVALID_KEY', { expected: 'a number below the order of secp256k1, and not 0' });
  }
};
