import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startLocalnet } from '@fac/localnet';
import { describe, expect, it } from 'vitest';
import type { Json } from '../harness.js';
import { makeProject, refusalOf, treeOf } from './temp-project.js';

const DEPLOYER = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const ALICE = 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5';
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const read = async (url: string, path: string): Promise<Json> => (await fetch(`${url}${path}`)).json();
const start = (manifest: string) => startLocalnet({ manifest, port: 0, blockTimeMs: 0 });

describe('a project without a plan', () => {
  it('is deployed in the order its contracts need, by the accounts it names, from a directory that is only read', async () => {
    const manifest = await makeProject({
      'Clarinet.toml': `[project]
name = "bare"
[contracts.app]
path = "contracts/app.clar"
epoch = "latest"
[contracts.bank]
path = "contracts/bank.clar"
epoch = "3.0"
[contracts.shop]
path = "contracts/shop.clar"
deployer = "wallet_1"
clarity_version = 2
[repl.analysis]
passes = ["check_checker"]
check_checker = { trusted_sender = false, trusted_caller = false, callee_filter = false }
`,
      'contracts/app.clar': `(define-public (pay) (contract-call? .bank pay))
(define-read-only (see) (contract-call? '${ALICE}.shop see))`,
      'contracts/bank.clar': `(define-public (pay) (ok true))
;; #[env(simnet)]
(define-public (test-pay) (ok (no-such-function)))`,
      'contracts/shop.clar': '(define-read-only (see) u7)',
    });
    const before = await treeOf(manifest);
    const folders = [dirname(manifest), join(dirname(manifest), 'contracts')];
    for (const folder of folders) await chmod(folder, 0o555);
    const node = await start(manifest);
    try {
      expect(node.contracts).toEqual([`${DEPLOYER}.bank`, `${ALICE}.shop`, `${DEPLOYER}.app`]);
      const version = async (contractId: string) => {
        const [address, name] = contractId.split('.');
        return (await read(node.url, `/v2/contracts/interface/${address}/${name}`)).clarity_version;
      };
      expect(await Promise.all(node.contracts.map(version))).toEqual(['Clarity3', 'Clarity2', 'Clarity6']);
      const { source } = await read(node.url, `/v2/contracts/source/${DEPLOYER}/bank?proof=0`);
      expect(source).toBe('(define-public (pay) (ok true))\n\n');
    } finally {
      await node.stop();
      for (const folder of folders) await chmod(folder, 0o755);
    }
    expect(await treeOf(manifest)).toEqual(before);
  });

  it('can be one of many contracts: all those of this repository come up without their plan', async () => {
    const manifest = await makeProject({
      'Clarinet.toml': await readFile(join(ROOT, 'Clarinet.toml'), 'utf8'),
    });
    await cp(join(ROOT, 'contracts'), join(dirname(manifest), 'contracts'), { recursive: true });
    const names = (await readFile(manifest, 'utf8')).match(/(?<=^\[contracts\.).*(?=\])/gm) ?? [];
    const node = await start(manifest);
    await node.stop();
    expect([...node.contracts].sort()).toEqual(names.map((name) => `${DEPLOYER}.${name}`).sort());
  });

  it('says what Clarity has against a contract', async () => {
    const contract = '[project]\nname = "x"\n[contracts.a]\npath = "a.clar"\n';
    const manifest = await makeProject({ 'Clarinet.toml': contract });
    await mkdir(dirname(manifest), { recursive: true });
    await writeFile(join(dirname(manifest), 'a.clar'), '(define-public (go) (contract-call? .gone run))');
    expect(await refusalOf(start(manifest))).toMatch(/REJECTED_DEPLOYMENT.*a:.*gone/s);
  });
});
