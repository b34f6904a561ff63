import { validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { getAddressFromPublicKey } from '@stacks/transactions';
import { LocalnetError } from '../errors.js';
import { DEFAULT_BALANCE_USTX, DEFAULT_MNEMONICS, EXTRA_MNEMONIC } from './default-accounts.js';
import { createKeyRing, type KeyRing, publicKeyOf } from './derive-key.js';

/** An account of the local chain. Its key is public knowledge: never use it on a real network. */
export interface DevnetAccount {
  readonly name: string;
  readonly address: string;
  /** 32 bytes and 01, as stacks.js takes it. */
  readonly privateKey: string;
  readonly balanceUstx: bigint;
}

/** An account as settings/Devnet.toml has it. */
export interface AccountSource {
  readonly name: string;
  readonly mnemonic: string;
  readonly derivation?: string | undefined;
  readonly balanceUstx: bigint;
}

const DEFAULT_DERIVATION = "m/44'/5757'/0'/0/0";

/** Makes the accounts of the settings; `path` is named in the error. */
export function makeAccounts(sources: readonly AccountSource[], path: string): readonly DevnetAccount[] {
  const rings = new Map<string, KeyRing>();
  return sources.map(({ name, mnemonic, derivation, balanceUstx }) => {
    if (!validateMnemonic(mnemonic, wordlist)) {
      throw new LocalnetError('INVALID_SETTINGS', `${path}: the mnemonic of "${name}" is not a BIP-39 one`);
    }
    const ring = rings.get(mnemonic) ?? createKeyRing(mnemonic);
    rings.set(mnemonic, ring);
    const key = ring.keyAt(derivation ?? DEFAULT_DERIVATION);
    if (key === undefined) {
      throw new LocalnetError(
        'INVALID_SETTINGS',
        `${path}: the derivation of "${name}": expected a path such as ${DEFAULT_DERIVATION}, got ${derivation}`,
      );
    }
    return makeAccount(name, key, balanceUstx);
  });
}

/** The accounts every project made by `clarinet new` has. */
export function makeDefaultAccounts(): readonly DevnetAccount[] {
  const sources = Object.entries(DEFAULT_MNEMONICS).map(([name, mnemonic]) => ({
    name,
    mnemonic,
    balanceUstx: DEFAULT_BALANCE_USTX,
  }));
  return makeAccounts(sources, 'the default accounts');
}

/** Adds accounts until there are `count`: `wallet_N` for the next free N, with keys that are the same every time. */
export function addAccounts(accounts: readonly DevnetAccount[], count: number): readonly DevnetAccount[] {
  const all = [...accounts];
  if (all.length >= count) return all;
  const addresses = new Set(accounts.map(({ address }) => address));
  let number = Math.max(0, ...accounts.map(({ name }) => Number(/^wallet_(\d{1,6})$/.exec(name)?.[1] ?? 0)));
  const ring = createKeyRing(EXTRA_MNEMONIC);
  for (let index = 0; all.length < count; index++) {
    const key = ring.keyAt(`m/44'/5757'/0'/0/${index}`);
    if (key === undefined) continue;
    const account = makeAccount(`wallet_${number + 1}`, key, DEFAULT_BALANCE_USTX);
    // A project may use the same mnemonic itself.
    if (addresses.has(account.address)) continue;
    all.push(account);
    number++;
  }
  return all;
}

function makeAccount(name: string, key: string, balanceUstx: bigint): DevnetAccount {
  const address = getAddressFromPublicKey(publicKeyOf(key), 'testnet');
  return { name, privateKey: `${key}01`, address, balanceUstx };
}
