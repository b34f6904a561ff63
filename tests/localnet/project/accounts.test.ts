import { describe, expect, it } from 'vitest';
import { readProject } from '../../../localnet/src/project/read-project.js';
import { makeProject, refusalOf } from './temp-project.js';

const CLARINET = '[project]\nname = "empty"\n';
const JUNK = 'test test test test test test test test test test test junk';

const accountsOf = async (settings: string | null, accounts?: number) => {
  const files = settings === null ? {} : { 'settings/Devnet.toml': settings };
  return readProject({
    manifest: await makeProject({ 'Clarinet.toml': CLARINET, ...files }),
    deploy: true,
    accounts,
  });
};

describe('the accounts of a project', () => {
  it('are those that clarinet gives every project, when there is no settings/Devnet.toml', async () => {
    const { accounts, hasDefaultAccounts } = await accountsOf(null);
    expect(hasDefaultAccounts).toBe(true);
    expect(accounts.map(({ name, address }) => `${name} ${address}`)).toEqual([
      'deployer ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM',
      'wallet_1 ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5',
      'wallet_2 ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG',
      'wallet_3 ST2JHG361ZXG51QTKY2NQCVBPPRRE2KZB1HR05NNC',
      'wallet_4 ST2NEB84ASENDXKYGJPQW86YXQCEFEX2ZQPG87ND',
      'wallet_5 ST2REHHS5J3CERCRBEPMGH7921Q6PYKAADT7JP2VB',
      'wallet_6 ST3AM1A56AK2C1XAFJ4115ZSV26EB49BVQ10MGCS0',
      'wallet_7 ST3PF13W7Z0RRM42A8VZRVFQ75SV1K26RXEP8YGKJ',
      'wallet_8 ST3NBRSFKX28FQ2ZJ1MAKX58HKHSDGNV5N7R21XCP',
      'faucet STNHKEPYEPJ8ET55ZZ0M5A34J0R3N5FM2CMMMAZ6',
    ]);
    expect(accounts[1]).toEqual({
      name: 'wallet_1',
      address: 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5',
      privateKey: '7287ba251d44a4d3fd9276c88ce34c5c52a038955511cccaf77e61068649c17801',
      balanceUstx: 100_000_000_000_000n,
    });
  });

  it('are those of the file, in its order, with their own derivations', async () => {
    const { accounts, hasDefaultAccounts } = await accountsOf(
      `[accounts.zoe]\nmnemonic = "${JUNK}"\nbalance = 5\n[accounts.abe]\nmnemonic = "${JUNK}"\nderivation = "m/44'/5757'/0'/0/1"`,
    );
    expect(hasDefaultAccounts).toBe(false);
    expect(accounts.map(({ name, balanceUstx }) => [name, balanceUstx])).toEqual([
      ['zoe', 5n],
      ['abe', 0n],
    ]);
    const more = await accountsOf(null, 13);
    const [first, second, third] = more.accounts.slice(10);
    expect(accounts.map(({ privateKey }) => privateKey)).toEqual([first?.privateKey, second?.privateKey]);
    const one = `[accounts.zoe]\nmnemonic = "${JUNK}"`;
    const added = (await accountsOf(one, 3)).accounts.slice(1);
    expect(added.map(({ name, privateKey }) => [name, privateKey])).toEqual([
      ['wallet_1', second?.privateKey],
      ['wallet_2', third?.privateKey],
    ]);
  });

  it('can be more than the file has: named on, funded, the same each time', async () => {
    const { accounts } = await accountsOf(null, 1_000);
    expect(accounts).toHaveLength(1_000);
    expect(new Set(accounts.map(({ address }) => address)).size).toBe(1_000);
    expect(accounts.slice(8, 11).map(({ name }) => name)).toEqual(['wallet_8', 'faucet', 'wallet_9']);
    expect(accounts.at(-1)).toEqual({
      name: 'wallet_998',
      address: 'STFFCPTZERXFNDYRG11B1MKGEXMHRER70FWB6VWA',
      privateKey: '651c4e177a1689d2c9139c4baf69910c17e4f1fdf0b8fff7be355aef0dcfde1701',
      balanceUstx: 100_000_000_000_000n,
    });
    expect((await accountsOf(null, 3)).accounts).toHaveLength(10);
  });

  it.each([
    ['is no TOML', 'not toml [', /INVALID_SETTINGS/],
    ['has no accounts', '[network]\nname = "devnet"', /INVALID_SETTINGS.*accounts/s],
    ['has an empty table of them', '[accounts]', /INVALID_SETTINGS.*no \[accounts\.NAME\]/s],
    ['has a wrong mnemonic', '[accounts.a]\nmnemonic = "not one"', /INVALID_SETTINGS.*"a" is not a BIP-39/s],
    [
      'has an encrypted mnemonic',
      '[accounts.a]\nencrypted_mnemonic = "abc"',
      /INVALID_SETTINGS.*"a" is encrypted.*give it as "mnemonic"/s,
    ],
    [
      'has a derivation that is none',
      `[accounts.a]\nmnemonic = "${JUNK}"\nderivation = "0/0"`,
      /INVALID_SETTINGS.*derivation of "a": expected a path such as m\/44'/s,
    ],
    [
      'has a negative balance',
      `[accounts.a]\nmnemonic = "${JUNK}"\nbalance = -1`,
      /INVALID_SETTINGS.*balance/s,
    ],
  ])('are refused when the file %s', async (_, settings, refusal) => {
    expect(await refusalOf(accountsOf(settings))).toMatch(refusal);
  });
});
