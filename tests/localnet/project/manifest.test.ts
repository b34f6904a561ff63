import { describe, expect, it } from 'vitest';
import { chooseClarityVersion } from '../../../localnet/src/project/clarity-version.js';
import { readProject } from '../../../localnet/src/project/read-project.js';
import { makeProject, refusalOf } from './temp-project.js';

const refusalOfManifest = async (contracts: string, project = 'name = "x"') =>
  refusalOf(
    readProject({
      manifest: await makeProject({ 'Clarinet.toml': `[project]\n${project}\n${contracts}`, 'a.clar': '' }),
      deploy: true,
    }),
  );

describe('chooseClarityVersion', () => {
  it.each<[string | undefined, number | undefined, number]>([
    [undefined, undefined, 1],
    [undefined, 6, 6],
    ['2.05', undefined, 1],
    ['2.1', undefined, 2],
    ['3', undefined, 3],
    ['3.0', 1, 1],
    ['3.3', undefined, 4],
    ['3.4', undefined, 5],
    ['4.0', undefined, 6],
    ['4', 2, 2],
    ['latest', undefined, 6],
  ])('takes epoch %s and version %s as Clarity %i', (epoch, version, clarityVersion) => {
    expect(chooseClarityVersion(epoch, version)).toEqual({ ok: true, clarityVersion });
  });

  it('refuses an epoch it does not know, and a version the epoch does not have', () => {
    expect(chooseClarityVersion('9.9', undefined)).toMatchObject({
      ok: false,
      why: /9\.9.*unknown.*4\.0, latest/,
    });
    expect(chooseClarityVersion('3.0', 4)).toEqual({ ok: false, why: 'epoch 3.0 has Clarity 1 to 3, not 4' });
  });
});

describe('Clarinet.toml', () => {
  it.each([
    ['is no TOML', 'not toml [', /INVALID_MANIFEST/],
    [
      'has a contract of an impossible name',
      '[contracts.1a]\npath = "a.clar"',
      /INVALID_MANIFEST.*contract name/s,
    ],
    ['has a contract without a path', '[contracts.a]', /INVALID_MANIFEST.*contracts\.a\.path/s],
    [
      'names an epoch to come',
      '[contracts.a]\npath = "a.clar"\nepoch = "9.0"',
      /INVALID_MANIFEST.*contracts\.a.*9\.0/s,
    ],
    [
      'names a Clarity to come',
      '[contracts.a]\npath = "a.clar"\nclarity_version = 7',
      /INVALID_MANIFEST.*clarity_version/s,
    ],
    [
      'names a deployer that is no account',
      '[contracts.a]\npath = "a.clar"\ndeployer = "nobody"',
      /INVALID_MANIFEST.*"nobody", which is no account; there are deployer, wallet_1/s,
    ],
    [
      'names a file that is not there',
      '[contracts.a]\npath = "b.clar"',
      /NOT_FOUND_FILE.*b\.clar.*the source of a/s,
    ],
  ])('is refused when it %s', async (_, contracts, refusal) => {
    expect(await refusalOfManifest(contracts)).toMatch(refusal);
  });

  it('is refused when a requirement is no contract id', async () => {
    expect(await refusalOfManifest('', 'requirements = [{ contract_id = "token" }]')).toMatch(
      /INVALID_MANIFEST/,
    );
  });

  it('may name a project without contracts', async () => {
    expect(await refusalOfManifest('')).toBe('accepted');
  });
});
