import { createNetwork, type StacksNetwork } from '@stacks/network';
import {
  broadcastTransaction,
  Cl,
  ClarityVersion,
  cvToValue,
  fetchAbi,
  fetchCallReadOnlyFunction,
  fetchContractMapEntry,
  fetchFeeEstimate,
  fetchFeeEstimateTransaction,
  fetchFeeEstimateTransfer,
  fetchNonce,
  makeContractCall,
  makeContractDeploy,
  makeSTXTokenTransfer,
  makeUnsignedContractCall,
  privateKeyToPublic,
  publicKeyToHex,
  type StacksTransactionWire,
  serializePayload,
  TransactionSigner,
} from '@stacks/transactions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEPLOYER, type Harness, startFixture } from '../harness.js';

let h: Harness;
let network: StacksNetwork;
/** Every address the library asked, in order: it must be this node and nobody else. */
const asked: URL[] = [];

beforeAll(async () => {
  h = await startFixture();
  const watched: typeof fetch = (input, init) => {
    asked.push(new URL(String(input)));
    return fetch(input, init);
  };
  network = createNetwork({ network: 'devnet', client: { baseUrl: h.node.url, fetch: watched } });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(() => h.node.stop());

const counter = { contractAddress: DEPLOYER, contractName: 'counter' };
const pathsAsked = () => asked.map(({ pathname }) => pathname);

async function sendAndMine(transaction: StacksTransactionWire) {
  const sent = await broadcastTransaction({ transaction, network });
  expect(sent).toEqual({ txid: transaction.txid() });
  await h.node.mine();
  return h.transactionOf(transaction.txid());
}

describe('@stacks/transactions, unmodified', () => {
  it('makes calls without fee and nonce that follow each other into one block', async () => {
    const senderKey = h.alice.privateKey;
    const call = { ...counter, network, senderKey, functionName: 'increment', functionArgs: [] };
    const first = await makeContractCall({ ...call, validateWithAbi: true });
    await broadcastTransaction({ transaction: first, network });
    const second = await makeContractCall({ ...call, validateWithAbi: true });
    const mined = await sendAndMine(second);
    expect(mined).toMatchObject({ tx_status: 'success', nonce: 1, tx_index: 1 });
    expect((await h.transactionOf(first.txid())).block_height).toBe(mined.block_height);
    expect(new Set(asked.map(({ origin }) => origin))).toEqual(new Set([h.node.url]));
    expect(new Set(pathsAsked())).toEqual(
      new Set([
        `/v2/contracts/interface/${DEPLOYER}/counter`,
        '/v2/fees/transaction',
        `/extended/v1/address/${h.alice.address}/nonces`,
        '/v2/transactions',
      ]),
    );
  });

  it('refuses arguments of another type by the interface, before it sends', async () => {
    const call = { ...counter, network, senderKey: h.alice.privateKey, functionName: 'deposit' };
    await expect(
      makeContractCall({ ...call, functionArgs: [Cl.bool(true)], validateWithAbi: true }),
    ).rejects.toThrow('expects argument 1 to be of type uint, not bool');
  });

  it('transfers and deploys without fee and nonce', async () => {
    const senderKey = h.bob.privateKey;
    const transfer = { network, senderKey, recipient: h.alice.address, amount: 5n, memo: 'm' };
    expect((await sendAndMine(await makeSTXTokenTransfer(transfer))).tx_status).toBe('success');
    const codeBody = '(define-read-only (one) u1)';
    const deploy = { network, senderKey, codeBody, clarityVersion: ClarityVersion.Clarity4 };
    const mined = await sendAndMine(await makeContractDeploy({ ...deploy, contractName: 'ones' }));
    expect(mined).toMatchObject({
      tx_status: 'success',
      smart_contract: { contract_id: `${h.bob.address}.ones` },
    });
  });

  it('signs a transaction that was made unsigned', async () => {
    const publicKey = publicKeyToHex(privateKeyToPublic(h.bob.privateKey));
    const call = { ...counter, network, publicKey, functionName: 'increment', functionArgs: [] };
    const transaction = await makeUnsignedContractCall(call);
    new TransactionSigner(transaction).signOrigin(h.bob.privateKey);
    expect((await sendAndMine(transaction)).tx_status).toBe('success');
  });

  it('gets the reason of a refusal as a value', async () => {
    const call = { ...counter, network, senderKey: h.alice.privateKey, functionArgs: [], fee: 1_000n };
    const transaction = await makeContractCall({ ...call, functionName: 'increment', nonce: 0n });
    expect(await broadcastTransaction({ transaction, network })).toMatchObject({
      txid: transaction.txid(),
      error: 'transaction rejected',
      reason: 'BadNonce',
      reason_data: { actual: 0, is_origin: true, principal: h.alice.address },
    });
  });

  it('estimates fees that the node then takes', async () => {
    const make = (fee: bigint) =>
      makeContractCall({
        ...counter,
        network,
        senderKey: h.alice.privateKey,
        functionName: 'increment',
        functionArgs: [],
        fee,
      });
    const draft = await make(1n);
    const floor = draft.serializeBytes().byteLength;
    const payload = serializePayload(draft.payload);
    const estimates = await fetchFeeEstimateTransaction({ payload, estimatedLength: floor, network });
    expect(estimates.length).toBe(3);
    for (const { fee } of estimates) expect(fee).toBeGreaterThanOrEqual(floor);
    expect(await fetchFeeEstimateTransfer({ transaction: draft, network })).toBe(BigInt(floor));
    const fee = await fetchFeeEstimate({ transaction: draft, network });
    expect((await sendAndMine(await make(BigInt(fee)))).tx_status).toBe('success');
  });

  it('knows the next nonce, also while transactions wait', async () => {
    const { address, privateKey } = h.alice;
    const nonce = await fetchNonce({ address, network });
    const fee = 1_000n;
    const transfer = { network, senderKey: privateKey, recipient: h.bob.address, amount: 1n, fee, nonce };
    await broadcastTransaction({ transaction: await makeSTXTokenTransfer(transfer), network });
    expect(await fetchNonce({ address, network })).toBe(nonce + 1n);
    await h.node.mine();
    expect(await fetchNonce({ address, network })).toBe(nonce + 1n);
  });

  it('reads interfaces, functions and maps', async () => {
    const abi = await fetchAbi({ ...counter, network });
    expect(abi.maps.map(({ name }) => name)).toEqual(['entries']);
    const senderAddress = h.bob.address;
    const read = { ...counter, network, senderAddress, functionArgs: [] };
    const count = cvToValue(await fetchCallReadOnlyFunction({ ...read, functionName: 'get-count' }));
    const entry = { ...counter, network, mapName: 'entries' };
    expect((await fetchContractMapEntry({ ...entry, mapKey: Cl.uint(count) })).type).toBe('some');
    expect(await fetchContractMapEntry({ ...entry, mapKey: Cl.uint(count + 1n) })).toEqual(Cl.none());
    await expect(fetchCallReadOnlyFunction({ ...read, functionName: 'nothing' })).rejects.toThrow(
      /UndefinedFunction/,
    );
    await expect(fetchAbi({ ...counter, contractName: 'nowhere', network })).rejects.toThrow(/404/);
  });
});
