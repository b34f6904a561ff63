import { pbkdf2Sync } from 'node:crypto';
import { HDKey } from '@scure/bip32';
import { validateMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { getAddressFromPrivateKey } from '@stacks/transactions';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import { readProjectFile } from './project-file.js';

/** An account of settings/Devnet.toml. Its key is public knowledge: never use it on a real network. */
export interface DevnetAccount {
  readonly name: string;
  readonly address: string;
  /** 32 bytes and 01, as stacks.js takes it. */
  readonly privateKey: string;
  readonly balanceUstx: bigint;
}

const SETTINGS = z.object({
  accounts: z.record(
    z.string(),
    z.object({
      mnemonic: z.string(),
      balance: z.union([z.number().int().nonnegative(), z.bigint().nonnegative()]).default(0),
      derivation: z.string().optional(),
    }),
  ),
});

const DEFAULT_DERIVATION = "m/44'/5757'/0'/0/0";

/** Reads the accounts in the order of the file. */
export async function readDevnetAccounts(path: string): Promise<readonly DevnetAccount[]> {
  const text = await readProjectFile(path, 'the accounts of the chain');
  const settings = SETTINGS.safeParse(parseToml(text, path));
  if (!settings.success)
    throw new LocalnetError('INVALID_SETTINGS', `${path}: ${z.prettifyError(settings.error)}`);
  const entries = Object.entries(settings.data.accounts);
  if (entries.length === 0) throw new LocalnetError('INVALID_SETTINGS', `${path}: it has no [accounts.NAME]`);
  return entries.map(([name, { mnemonic, balance, derivation }]) => {
    if (!validateMnemonic(mnemonic, wordlist)) {
      throw new LocalnetError('INVALID_SETTINGS', `${path}: the mnemonic of "${name}" is not a BIP-39 one`);
    }
    const privateKey = deriveKey(mnemonic, derivation ?? DEFAULT_DERIVATION);
    return {
      name,
      privateKey,
      address: getAddressFromPrivateKey(privateKey, 'testnet'),
      balanceUstx: BigInt(balance),
    };
  });
}

function parseToml(text: string, path: string): unknown {
  try {
    return parse(text, { integersAsBigInt: 'asNeeded' });
  } catch (cause) {
    throw new LocalnetError('INVALID_SETTINGS', `${path}: ${String(cause)}`, { cause });
  }
}

function deriveKey(mnemonic: string, path: string): string {
  // BIP-39's seed; the platform's own PBKDF2 is a hundred times faster than one in JavaScript.
  const seed = pbkdf2Sync(mnemonic.normalize('NFKD'), 'mnemonic', 2048, 64, 'sha512');
  const { privateKey } = HDKey.fromMasterSeed(seed).derive(path);
  if (privateKey === null)
    throw new LocalnetError('INVALID_SETTINGS', `derivation path ${path} gives no key`);
  return `${Buffer.from(privateKey).toString('hex')}01`;
}
