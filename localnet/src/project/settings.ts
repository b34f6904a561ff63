import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import { type DevnetAccount, makeAccounts, makeDefaultAccounts } from './accounts.js';
import { DEFAULT_FEE_RATE_USTX } from './default-accounts.js';
import { parseToml, readIfThere } from './project-file.js';

/** What settings/Devnet.toml says, or what clarinet would have written there. */
export interface Settings {
  readonly accounts: readonly DevnetAccount[];
  /** Whether the accounts are those every project gets, for want of a file. */
  readonly isDefault: boolean;
  /** microSTX per byte of a contract's source. */
  readonly feeRateUstx: bigint;
}

const whole = z.union([z.number().int().nonnegative(), z.bigint().nonnegative()]);

const SETTINGS = z.object({
  network: z.object({ deployment_fee_rate: whole.optional() }).default({}),
  accounts: z.record(
    z.string(),
    z.object({
      mnemonic: z.string().default(''),
      encrypted_mnemonic: z.string().optional(),
      balance: whole.default(0),
      derivation: z.string().optional(),
    }),
  ),
});

/** Accounts come in the order of the file. */
export async function readSettings(path: string): Promise<Settings> {
  const text = await readIfThere(path, 'the accounts of the chain');
  if (text === undefined) {
    return { accounts: makeDefaultAccounts(), isDefault: true, feeRateUstx: DEFAULT_FEE_RATE_USTX };
  }
  const settings = SETTINGS.safeParse(parseToml(text, path, 'INVALID_SETTINGS'));
  if (!settings.success)
    throw new LocalnetError('INVALID_SETTINGS', `${path}: ${z.prettifyError(settings.error)}`);
  const { accounts, network } = settings.data;
  const entries = Object.entries(accounts);
  if (entries.length === 0) throw new LocalnetError('INVALID_SETTINGS', `${path}: it has no [accounts.NAME]`);
  const sources = entries.map(([name, { mnemonic, encrypted_mnemonic, balance, derivation }]) => {
    if (mnemonic === '' && encrypted_mnemonic !== undefined) {
      throw new LocalnetError(
        'INVALID_SETTINGS',
        `${path}: the mnemonic of "${name}" is encrypted, and nobody is there to type the password; ` +
          'give it as "mnemonic": the keys of a local chain are no secret',
      );
    }
    return { name, mnemonic, derivation, balanceUstx: BigInt(balance) };
  });
  return {
    accounts: makeAccounts(sources, path),
    isDefault: false,
    feeRateUstx:
      network.deployment_fee_rate === undefined ? DEFAULT_FEE_RATE_USTX : BigInt(network.deployment_fee_rate),
  };
}
