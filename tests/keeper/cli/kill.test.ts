import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDraw } from '@fac/keeper';
import { type Localnet, startLocalnet } from '@fac/localnet';
import { createFac, createKeySigner, type Fac } from '@fac/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FacProcess, startFac } from './fac-process.js';

const MANIFEST = fileURLToPath(new URL('../../../Clarinet.toml', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'fac-kill-'));
const SEED = process.env.FAC_TEST_SEED ?? 'kill';
const KILLS = 6;
const TASKS = 12;
/** A process is killed right after it has said one of these. */
const POINTS = ['signed', 'journaled', 'broadcast', 'running', 'ran', 'confirmed'];

let node: Localnet;
let dapp: Fac;
let last: FacProcess | undefined;

beforeAll(async () => {
  writeFileSync(join(root, 'package.json'), '{"type":"module"}\n');
  writeFileSync(
    join(root, 'handlers.js'),
    'export const handlers = { echo: async ({ payload }) => payload };\n',
  );
  node = await startLocalnet({ manifest: MANIFEST, port: 0, blockTimeMs: 250 });
  const [deployer] = node.accounts;
  if (deployer === undefined) throw new Error('the devnet has accounts');
  const signer = createKeySigner({ privateKey: deployer.privateKey, network: 'devnet' });
  dapp = createFac({ network: node.url, deployer: deployer.address, signer, pollMs: 50 });
}, 120_000);

afterAll(async () => {
  last?.child.kill('SIGKILL');
  await node?.stop();
  rmSync(root, { recursive: true, force: true });
});

function startKeeper(privateKey: string): FacProcess {
  const args = ['keeper', '--json', '--exit-with-parent', '--tick-ms', '100', '--handlers', 'handlers.js'];
  const where = ['--node-url', node.url, '--deployer', dapp.deployer, '--state-dir', 'state'];
  last = startFac([...args, ...where], { FAC_PRIVATE_KEY: privateKey }, root);
  return last;
}

describe('fac keeper, killed', () => {
  it(`does every task once and leaves no nonce unused (seed ${SEED})`, async () => {
    const [, worker] = node.accounts;
    if (worker === undefined) throw new Error('the devnet has accounts');
    const roles = ['producer', 'templateManager', 'admin'] as const;
    await dapp.registry.registerCoordinator({ coordinator: dapp.deployer, roles });
    await dapp.registry.registerCoordinator({ coordinator: worker.address, roles: ['worker'] });
    const { value: taskType } = await dapp.factory.createTaskType({ name: 'echo' });
    const config = { name: 'echo', lease: 200n, maxAttempts: 5n, retryDelay: 1n };
    const { value: template } = await dapp.factory.createTaskTemplate({ taskType, config });
    const sent = [];
    for (let at = 0; at < TASKS; at += 1) {
      sent.push(await dapp.submit(dapp.queue.prepare.enqueueTask({ template, rewardUstx: 7n })));
    }
    const ids = await Promise.all(sent.map(async (one) => (await dapp.confirm(one)).value));

    const draw = createDraw(SEED);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const point = POINTS[Math.floor(draw(`point ${kill}`) * POINTS.length)] ?? 'signed';
      const fac = startKeeper(worker.privateKey);
      // A keeper that finds less to do may never come to the point; then its tick is the point.
      await fac.next(({ event }) => event === point || (event === 'started' && kill % 3 === 2));
      fac.child.kill('SIGKILL');
      await fac.ended();
    }
    const fac = startKeeper(worker.privateKey);
    const results = await Promise.all(ids.map((id) => dapp.task(id).result({ timeoutMs: 120_000 })));

    expect(results).toHaveLength(TASKS);
    const record = await dapp.registry.read.getWorker({ worker: worker.address });
    expect(record).toMatchObject({ succeeded: BigInt(TASKS), earnedUstx: 7n * BigInt(TASKS), mask: 0n });
    fac.child.kill('SIGTERM');
    expect(await fac.ended()).toBe(0);
    const nonces = await dapp.transport.fetchNonces(worker.address);
    expect({ missing: nonces.missingNonces, waiting: nonces.mempoolNonces }).toEqual({
      missing: [],
      waiting: [],
    });
    expect(fac.lines.map(({ event }) => event)).not.toContain('same-key-suspected');
  }, 240_000);
});
