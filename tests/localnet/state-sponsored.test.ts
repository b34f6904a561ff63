import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makeUnsignedContractCall,
  privateKeyToPublic,
  sponsorTransaction,
  TransactionSigner,
} from '@stacks/transactions';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEPLOYER, FEE, type Harness, startFixture } from './harness.js';
import { readState } from './state-hash.js';

let directory: string;
let h: Harness;
const start = async () => {
  h = await startFixture({ stateFile: join(directory, 'chain.state') });
};
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'localnet-sponsored-'));
  await start();
});
afterEach(async () => {
  await h.node.stop();
  await rm(directory, { recursive: true });
});

async function sponsored(nonce: number) {
  const unsigned = await makeUnsignedContractCall({
    ...{ network: h.network, contractAddress: DEPLOYER, contractName: 'counter', functionName: 'increment' },
    ...{
      functionArgs: [],
      publicKey: privateKeyToPublic(h.alice.privateKey),
      sponsored: true,
      nonce,
      fee: 0,
    },
  });
  const signer = new TransactionSigner(unsigned);
  signer.signOrigin(h.alice.privateKey);
  const keyAndFee = { sponsorPrivateKey: h.bob.privateKey, sponsorNonce: nonce, fee: FEE };
  return sponsorTransaction({ transaction: signer.getTxInComplete(), network: h.network, ...keyAndFee });
}

it('a state file brings back the nonces of sponsors, mined and waiting', async () => {
  await h.run(await sponsored(0));
  await h.broadcast(await sponsored(2));
  const before = await readState(h);
  await h.node.stop();
  await start();
  expect(await readState(h)).toBe(before);
  await h.run(await sponsored(1));
  expect((await h.account(h.bob.address)).nonce).toBe(3);
});
