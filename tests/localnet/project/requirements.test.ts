import { describe, expect, it } from 'vitest';
import { readProject } from '../../../localnet/src/project/read-project.js';
import { makeProject, refusalOf } from './temp-project.js';

const TOKEN = 'SP3K8BC0PPEVCV7NZ6QSRWPQ2JE9E5B6N3PA0KBR9.token';
const TRAIT = 'SP3FBR2AGK5H9QBDH3EEN6DF8EK8JY7RX8QJ5SVTE.sip-010';
const CACHED = '.cache/requirements';

const files = {
  'Clarinet.toml': `[project]\nname = "x"\nrequirements = [{ contract_id = "${TOKEN}" }]\n[contracts.a]\npath = "a.clar"\n`,
  'a.clar': `(define-read-only (total) (contract-call? '${TOKEN} total))`,
  [`${CACHED}/${TOKEN}.clar`]: `(impl-trait '${TRAIT}.token) (define-read-only (total) (ok u1)) (define-constant OTHER '${TRAIT.replace('sip-010', 'gone')})`,
  [`${CACHED}/${TOKEN}.json`]: '{"epoch":"Epoch30","clarity_version":"Clarity3"}',
  [`${CACHED}/${TRAIT}.clar`]: '(define-trait token ((total () (response uint uint))))',
  [`${CACHED}/${TRAIT}.json`]: '{"epoch":"Epoch21","clarity_version":"Clarity1"}',
};

const read = async (changes: Readonly<Record<string, string | undefined>> = {}) => {
  const kept = Object.entries<string | undefined>({ ...files, ...changes }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  return readProject({ manifest: await makeProject(Object.fromEntries(kept)), deploy: true });
};

describe('the requirements of a project', () => {
  it('stand under their own addresses, behind what they need themselves', async () => {
    const { genesisContracts, transactions } = await read();
    expect(genesisContracts).toEqual([
      { contractId: TRAIT, source: files[`${CACHED}/${TRAIT}.clar`], clarityVersion: 1 },
      { contractId: TOKEN, source: files[`${CACHED}/${TOKEN}.clar`], clarityVersion: 3 },
    ]);
    expect(transactions).toHaveLength(1);
  });

  it('need not be declared: a call is enough', async () => {
    const manifest = files['Clarinet.toml'].replace(/requirements.*/, 'cache_dir = "./.cache"');
    expect((await read({ 'Clarinet.toml': manifest })).genesisContracts).toHaveLength(2);
  });

  it.each([
    [
      'one declared',
      { [`${CACHED}/${TOKEN}.clar`]: undefined },
      new RegExp(`NOT_FOUND_REQUIREMENT.*${TOKEN}\\.clar.*clarinet check`),
    ],
    [
      'one that a requirement needs',
      { [`${CACHED}/${TRAIT}.json`]: undefined },
      new RegExp(`NOT_FOUND_REQUIREMENT.*${TRAIT}\\.json`),
    ],
    [
      'the version of one',
      { [`${CACHED}/${TRAIT}.json`]: '{}' },
      /INVALID_MANIFEST.*sip-010\.json.*clarity_version/s,
    ],
    ['valid JSON for one', { [`${CACHED}/${TRAIT}.json`]: '{' }, /INVALID_MANIFEST.*sip-010\.json/s],
  ])('are refused when the cache lacks %s', async (_, changes, refusal) => {
    expect(await refusalOf(read(changes))).toMatch(refusal);
  });

  it('are not looked for among the contracts of every chain', async () => {
    const { genesisContracts } = await read({
      'Clarinet.toml': '[project]\nname = "x"\n[contracts.a]\npath = "a.clar"\n',
      'a.clar':
        "(contract-call? 'SP000000000000000000002Q6VF78.pox-4 get-pox-info) (contract-call? 'SM3VDXK3WZZSA84XXFKAFAF15NNZX32CTSG82JFQ4.sbtc-token get-name)",
    });
    expect(genesisContracts).toEqual([]);
  });
});
