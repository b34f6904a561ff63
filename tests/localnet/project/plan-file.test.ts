import { describe, expect, it } from 'vitest';
import { readProject } from '../../../localnet/src/project/read-project.js';
import { makeProject, refusalOf } from './temp-project.js';

const DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const ALICE = 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5';
const FOREIGN = 'SP3K8BC0PPEVCV7NZ6QSRWPQ2JE9E5B6N3PA0KBR9';

async function readPlan(...entries: string[]) {
  const manifest = await makeProject({
    'Clarinet.toml': '[project]\nname = "planned"\n',
    'a.clar': `(contract-call? '${FOREIGN}.token run)\n;; #[env(simnet)]\n(print u1)\n`,
    'token.clar': `(define-constant OWNER '${FOREIGN})`,
    'deployments/default.devnet-plan.yaml': `plan:\n  batches:\n    - id: 0\n      transactions:\n${entries
      .map((entry) => entry.replace(/^/gm, '        '))
      .join('\n')}\n`,
  });
  const { genesisContracts, transactions } = await readProject({ manifest, deploy: true });
  return { genesisContracts, transactions };
}

const PUBLISH = `- transaction-type: contract-publish
  contract-name: a
  expected-sender: ${DEPLOYER}
  cost: 700
  path: a.clar
  clarity-version: 3`;

const published = (source: string) => ({
  kind: 'publish',
  sender: DEPLOYER,
  costUstx: 700n,
  contractName: 'a',
  source,
  clarityVersion: 3,
});

describe('deployments/default.devnet-plan.yaml', () => {
  it('publishes, calls and transfers, without what is for simnet only', async () => {
    const plan = await readPlan(
      PUBLISH,
      `- transaction-type: contract-call
  contract-id: ${DEPLOYER}.a
  expected-sender: ${ALICE}
  method: set
  parameters: ["u1", "{a: 2}"]
  cost: 5`,
      `- transaction-type: stx-transfer
  expected-sender: ${ALICE}
  recipient: ${DEPLOYER}
  mstx-amount: 12
  memo: "0x6869"
  cost: 6`,
    );
    expect(plan).toEqual({
      genesisContracts: [],
      transactions: [
        published(`(contract-call? '${FOREIGN}.token run)\n\n\n`),
        {
          kind: 'call',
          sender: ALICE,
          costUstx: 5n,
          contractId: `${DEPLOYER}.a`,
          functionName: 'set',
          parameters: ['u1', '{a: 2}'],
        },
        {
          kind: 'transfer',
          sender: ALICE,
          costUstx: 6n,
          recipient: DEPLOYER,
          amountUstx: 12n,
          memoHex: '6869',
        },
      ],
    });
  });

  it('may be in the form clarinet wrote up to 3.13', async () => {
    const [head = '', ...fields] = PUBLISH.split('\n');
    const nested = [
      head.replace('transaction-type: contract-publish', 'contract-publish:'),
      ...fields.map((f) => `  ${f}`),
    ];
    expect(await readPlan(nested.join('\n'))).toEqual(await readPlan(PUBLISH));
  });

  it('publishes a requirement under another address, and all after it know it by that', async () => {
    const plan = await readPlan(
      `- transaction-type: requirement-publish
  contract-id: ${FOREIGN}.token
  remap-sender: ${DEPLOYER}
  remap-principals:
    ${FOREIGN}: ${DEPLOYER}
  cost: 9
  path: token.clar
  clarity-version: 1`,
      PUBLISH,
    );
    expect(plan.transactions).toEqual([
      {
        kind: 'publish',
        sender: DEPLOYER,
        costUstx: 9n,
        contractName: 'token',
        source: `(define-constant OWNER '${DEPLOYER})`,
        clarityVersion: 1,
      },
      published(`(contract-call? '${DEPLOYER}.token run)\n\n\n`),
    ]);
  });

  it('sends what is emulated by an account, and puts the contracts of others at the start of the chain', async () => {
    const emulated = (sender: string) => `- transaction-type: emulated-contract-publish
  contract-name: token
  emulated-sender: ${sender}
  path: token.clar
  clarity-version: 2`;
    const call = `- transaction-type: emulated-contract-call
  contract-id: ${ALICE}.token
  emulated-sender: ${ALICE}
  method: run`;
    const contract = { source: `(define-constant OWNER '${FOREIGN})`, clarityVersion: 2 };
    expect(await readPlan(emulated(FOREIGN), emulated(ALICE), call)).toEqual({
      genesisContracts: [{ contractId: `${FOREIGN}.token`, ...contract }],
      transactions: [
        { kind: 'publish', sender: ALICE, costUstx: 0n, contractName: 'token', ...contract },
        {
          kind: 'call',
          sender: ALICE,
          costUstx: 0n,
          contractId: `${ALICE}.token`,
          functionName: 'run',
          parameters: [],
        },
      ],
    });
  });

  it.each([
    ['is no YAML', '- [', /INVALID_PLAN/],
    ['has a transaction of Bitcoin', '- transaction-type: btc-transfer', /INVALID_PLAN.*transaction-type/s],
    ['has an impossible name', PUBLISH.replace('name: a', 'name: a.b'), /INVALID_PLAN.*contract name/s],
    ['lacks a field', '- transaction-type: contract-publish', /INVALID_PLAN.*contract-name/s],
    [
      'has a memo too long',
      `- stx-transfer:\n    expected-sender: a\n    recipient: b\n    mstx-amount: 1\n    memo: "0x${'00'.repeat(35)}"`,
      /INVALID_PLAN.*34 bytes/s,
    ],
    ['names a missing source', PUBLISH.replace('a.clar', 'gone.clar'), /NOT_FOUND_FILE.*gone\.clar/s],
  ])('is refused when it %s', async (_, entry, refusal) => {
    expect(await refusalOf(readPlan(entry))).toMatch(refusal);
  });

  it('is not looked at when nothing is to be deployed', async () => {
    const manifest = await makeProject({
      'Clarinet.toml': '[project]\nname = "planned"\n',
      'deployments/default.devnet-plan.yaml': '- [',
    });
    expect((await readProject({ manifest, deploy: false })).transactions).toEqual([]);
  });
});
