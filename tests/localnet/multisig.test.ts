import {
  AddressHashMode,
  AddressVersion,
  addressFromPublicKeys,
  addressToString,
  createMultiSigSpendingCondition,
  createSingleSigSpendingCondition,
  createStacksPublicKey,
  createStandardAuth,
  type MultiSigHashMode,
  makeUnsignedContractCall,
  privateKeyToPublic,
  type SpendingCondition,
  StacksTransactionWire,
  TransactionSigner,
} from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEPLOYER, FEE, type Harness, type Json, startFixture } from './harness.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture();
});
afterAll(() => h.node.stop());

const KEYS = ['a1', 'b2', 'c3'].map((byte) => `${byte.repeat(32)}01`);
const PUBLIC_KEYS = KEYS.map((key) => `${privateKeyToPublic(key)}`);
const REQUIRED = 2;

const addressOf = (hashMode: AddressHashMode, keys: readonly string[], required: number) =>
  addressToString(
    addressFromPublicKeys(
      hashMode === AddressHashMode.P2PKH ? AddressVersion.TestnetSingleSig : AddressVersion.TestnetMultiSig,
      hashMode,
      required,
      keys.map(createStacksPublicKey),
    ),
  );

async function fund(address: string): Promise<bigint> {
  await h.run(await h.transfer(h.alice, address, 100_000n));
  return BigInt((await h.account(address)).nonce);
}

/** An unsigned call of the counter, authorized by `condition`. */
async function unsignedCall(auth: StacksTransactionWire['auth']): Promise<StacksTransactionWire> {
  const { payload, transactionVersion, chainId } = await h.call(h.alice, 'increment');
  return new StacksTransactionWire({ payload, auth, transactionVersion, chainId });
}

async function multisigCall(hashMode: MultiSigHashMode, nonce: bigint): Promise<StacksTransactionWire> {
  return unsignedCall(
    createStandardAuth(createMultiSigSpendingCondition(hashMode, REQUIRED, PUBLIC_KEYS, nonce, FEE)),
  );
}

/** Signs with some of the keys and appends the others in their places. */
function sign(unsigned: StacksTransactionWire, signers: readonly number[]): StacksTransactionWire {
  const signer = new TransactionSigner(unsigned);
  KEYS.forEach((key, index) => {
    if (signers.includes(index)) signer.signOrigin(key);
    else signer.appendOrigin(PUBLIC_KEYS[index] ?? '');
  });
  return signer.getTxInComplete();
}

const MODES: [string, MultiSigHashMode][] = [
  ['P2SH', AddressHashMode.P2SH],
  ['P2WSH', AddressHashMode.P2WSH],
  ['P2SH in any order', AddressHashMode.P2SHNonSequential],
  ['P2WSH in any order', AddressHashMode.P2WSHNonSequential],
];

describe.each(MODES)('a multi-signature account of mode %s', (_name, hashMode) => {
  const address = addressOf(hashMode, PUBLIC_KEYS, REQUIRED);
  const reasonOf = async (transaction: StacksTransactionWire): Promise<Json> =>
    (await h.broadcast(transaction)).body;

  it('calls with enough signatures, whoever gives them', async () => {
    let nonce = await fund(address);
    for (const signers of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      const mined = await h.run(sign(await multisigCall(hashMode, nonce++), signers));
      expect(mined).toMatchObject({ tx_status: 'success', sender_address: address, sponsored: false });
    }
    expect((await h.account(address)).nonce).toBe(Number(nonce));
  });

  it('is not read with too few signatures', async () => {
    const { status, body } = await h.broadcast(sign(await multisigCall(hashMode, 3n), [1]));
    expect([status, body]).toEqual([400, expect.stringContaining('got 1 sigs, expected 2')]);
  });

  it('is refused with a key of somebody else, or bytes changed after signing', async () => {
    const stranger = sign(await multisigCall(hashMode, 3n), [0, 1]);
    const condition = stranger.auth.spendingCondition;
    if (!('fields' in condition)) throw new Error('expected a multi-signature');
    condition.fields.pop();
    const signer = new TransactionSigner(await multisigCall(hashMode, 3n));
    signer.appendOrigin(`${privateKeyToPublic(h.alice.privateKey)}`);
    condition.fields.push(...fieldsOf(signer.getTxInComplete()));
    expect(await reasonOf(stranger)).toMatchObject({
      reason: 'SignatureValidation',
      reason_data: { message: expect.stringMatching(/^Signer hash does not equal/) },
    });

    const changed = sign(await multisigCall(hashMode, 3n), [0, 2]);
    changed.setFee(FEE + 1n);
    expect(await reasonOf(changed)).toMatchObject({ reason: 'SignatureValidation' });
  });
});

function fieldsOf({ auth }: StacksTransactionWire) {
  return 'fields' in auth.spendingCondition ? auth.spendingCondition.fields : [];
}

describe('makeUnsignedContractCall with publicKeys', () => {
  it.each([true, false])(
    'is signed and runs (signatures in any order: %s)',
    async (useNonSequentialMultiSig) => {
      const hashMode = useNonSequentialMultiSig ? AddressHashMode.P2SHNonSequential : AddressHashMode.P2SH;
      const nonce = await fund(addressOf(hashMode, PUBLIC_KEYS, REQUIRED));
      const unsigned = await makeUnsignedContractCall({
        ...{ network: h.network, contractAddress: DEPLOYER, contractName: 'counter' },
        ...{ functionName: 'increment', functionArgs: [], publicKeys: PUBLIC_KEYS, numSignatures: REQUIRED },
        ...{ nonce, fee: FEE, useNonSequentialMultiSig },
      });
      expect((await h.run(sign(unsigned, [0, 2]))).tx_status).toBe('success');
    },
  );
});

describe('a single signature', () => {
  it.each([
    ['P2WPKH', AddressHashMode.P2WPKH, KEYS[0] ?? ''],
    ['an uncompressed key', AddressHashMode.P2PKH, 'd4'.repeat(32)],
  ] as const)('of %s speaks for its own address', async (_name, hashMode, key) => {
    const publicKey = `${privateKeyToPublic(key)}`;
    const address = addressOf(hashMode, [publicKey], 1);
    const nonce = await fund(address);
    const condition = createSingleSigSpendingCondition(hashMode, publicKey, nonce, FEE);
    const signer = new TransactionSigner(await unsignedCall(createStandardAuth(condition)));
    signer.signOrigin(key);
    const mined = await h.run(signer.getTxInComplete());
    expect(mined).toMatchObject({ tx_status: 'success', sender_address: address });
  });
});

describe('a sponsored multi-signature', () => {
  const address = addressOf(AddressHashMode.P2SH, PUBLIC_KEYS, REQUIRED);

  /** stacks.js sponsors no finished multi-signature, so the sponsor's signatures are made one by one. */
  async function sponsoredCall(sponsor: SpendingCondition, sponsorKeys: readonly string[]) {
    const unsigned = await makeUnsignedContractCall({
      ...{ network: h.network, contractAddress: DEPLOYER, contractName: 'counter' },
      ...{ functionName: 'increment', functionArgs: [], publicKeys: PUBLIC_KEYS, numSignatures: REQUIRED },
      ...{ nonce: await fund(address), fee: 0, sponsored: true },
    });
    const transaction = sign(unsigned, [0, 1]);
    transaction.setSponsor(sponsor);
    let sigHash = transaction.verifyOrigin();
    for (const key of sponsorKeys) sigHash = transaction.signNextSponsor(sigHash, key);
    return transaction;
  }

  it('runs at the cost of a single signature', async () => {
    const { nonce } = await h.account(h.bob.address);
    const publicKey = privateKeyToPublic(h.bob.privateKey);
    const condition = createSingleSigSpendingCondition(AddressHashMode.P2PKH, publicKey, nonce, FEE);
    const mined = await h.run(await sponsoredCall(condition, [h.bob.privateKey]));
    expect(mined).toMatchObject({
      ...{ tx_status: 'success', sender_address: address, sponsor_address: h.bob.address },
    });
  });

  it('runs at the cost of another multi-signature', async () => {
    const payer = addressOf(AddressHashMode.P2WSH, PUBLIC_KEYS, KEYS.length);
    const nonce = await fund(payer);
    const { balance } = await h.account(payer);
    const condition = createMultiSigSpendingCondition(
      AddressHashMode.P2WSH,
      KEYS.length,
      PUBLIC_KEYS,
      nonce,
      FEE,
    );
    const incomplete = await sponsoredCall(condition, KEYS.slice(1));
    expect(await h.broadcast(incomplete)).toMatchObject({
      status: 400,
      body: expect.stringContaining('got 2 sigs, expected 3'),
    });
    const mined = await h.run(await sponsoredCall({ ...condition, fields: [] }, KEYS));
    expect(mined).toMatchObject({ tx_status: 'success', sponsor_address: payer });
    expect((await h.account(payer)).balance).toBe(balance - FEE);
  });
});
