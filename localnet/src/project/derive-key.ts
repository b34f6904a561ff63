import { pbkdf2Sync } from 'node:crypto';
import { HDKey } from '@scure/bip32';

/** Keys of one mnemonic; the slow step, BIP-39's seed, is made once. */
export interface KeyRing {
  /** 32 bytes and 01 in hex, as stacks.js takes it; null if the path gives no key. */
  keyAt(path: string): string | null;
}

export function createKeyRing(mnemonic: string): KeyRing {
  // The platform's own PBKDF2 is a hundred times faster than one in JavaScript.
  const seed = pbkdf2Sync(mnemonic.normalize('NFKD'), 'mnemonic', 2048, 64, 'sha512');
  const root = HDKey.fromMasterSeed(seed);
  const parents = new Map<string, HDKey>();
  return {
    keyAt(path) {
      const cut = path.lastIndexOf('/');
      const parentPath = path.slice(0, cut);
      // Accounts of one mnemonic are mostly siblings, so each costs one step instead of five.
      const parent = parents.get(parentPath) ?? root.derive(parentPath);
      parents.set(parentPath, parent);
      const { privateKey } = parent.derive(`m/${path.slice(cut + 1)}`);
      return privateKey === null ? null : `${Buffer.from(privateKey).toString('hex')}01`;
    },
  };
}
