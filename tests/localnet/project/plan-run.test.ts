import { startLocalnet } from '@fac/localnet';
import { describe, expect, it } from 'vitest';
import type { Json } from '../harness.js';
import { makeProject, refusalOf } from './temp-project.js';

const DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const ALICE = 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5';
const NOBODY = 'ST000000000000000000002AMW42H';

const start = async (plan: string) =>
  startLocalnet({
    manifest: await makeProject({
      'Clarinet.toml': '[project]\nname = "planned"\n',
      'a.clar': '(define-data-var n uint u0) (define-public (set (x uint)) (ok (var-set n x)))',
      'deployments/default.devnet-plan.yaml': plan,
    }),
    port: 0,
    blockTimeMs: 0,
  });

const planOf = (sender: string) => `plan:
  batches:
    - id: 0
      transactions:
        - contract-publish:
            contract-name: a
            expected-sender: ${sender}
            cost: 10000
            path: a.clar
            anchor-block-only: true
            clarity-version: 2
      epoch: "2.1"
    - id: 1
      transactions:
        - transaction-type: stx-transfer
          expected-sender: ${sender}
          recipient: ${NOBODY}
          mstx-amount: 1234
          memo: "0x${Buffer.from('thanks').toString('hex').padEnd(68, '0')}"
          cost: 1000
        - transaction-type: emulated-contract-call
          contract-id: ${sender}.a
          emulated-sender: ${DEPLOYER}
          method: set
          parameters: ["u7"]
`;

describe('a plan of publishing, transferring and calling', () => {
  it('is sent by the accounts it names, in its order', async () => {
    const node = await start(planOf(ALICE));
    try {
      const read = async (path: string): Promise<Json> => (await fetch(`${node.url}${path}`)).json();
      expect(node.contracts).toEqual([`${ALICE}.a`]);
      expect(BigInt((await read(`/v2/accounts/${NOBODY}?proof=0`)).balance)).toBe(1_234n);
      const alice = await read(`/v2/accounts/${ALICE}?proof=0`);
      expect(alice.nonce).toBe(2);
      expect(BigInt(alice.balance)).toBe(100_000_000_000_000n - 10_000n - 1_234n - 1_000n);
      expect((await read(`/v2/data_var/${ALICE}/a/n?proof=0`)).data).toBe(`0x01${'7'.padStart(32, '0')}`);
    } finally {
      await node.stop();
    }
  });

  it('is refused when its sender is none of the accounts', async () => {
    expect(await refusalOf(start(planOf(NOBODY)))).toMatch(
      /INVALID_PLAN: .*a is to be sent by ST000000000000000000002AMW42H, which is none of the accounts/,
    );
  });
});
