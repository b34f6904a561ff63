import { createNetwork } from '@stacks/network';
import {
  Cl,
  type ClarityValue,
  cvToHex,
  makeContractCall,
  makeContractDeploy,
  makeSTXTokenTransfer,
  Pc,
  type PostConditionModeName,
  type SignedContractCallOptions,
  type SignedContractDeployOptions,
  type SignedTokenTransferOptions,
  type StacksTransactionWire,
} from '@stacks/transactions';
import { COUNTER, DEPLOYER, FEE, type Harness } from '../harness.js';
import type { Dice } from './dice.js';

const AMOUNTS = [0n, 1n, 2n ** 32n, 2n ** 63n, 2n ** 64n - 1n];
const NONCES = [0n, 1n, 2n, 7n, 26n, 27n, 28n, 2n ** 53n, 2n ** 64n - 1n];
const MODES: readonly PostConditionModeName[] = ['allow', 'deny', 'originator'];
const NAMES = [
  'nothing',
  'increment',
  'crash',
  'refuse',
  'get-count',
  'hidden',
  'mint',
  'peek',
  'a'.repeat(128),
  'x!',
];
const SOURCES = [
  '',
  ' ',
  ')',
  '('.repeat(3_000),
  `${'(ok '.repeat(300)}u1${')'.repeat(300)}`,
  '(define-constant a (/ u1 u0))',
  '(define-constant a (unwrap-panic none))',
  '(define-public (f) (f))',
  '(define-map m {a: uint} {a: nothing})',
  `(define-data-var v (buff 1048576) 0x${'00'.repeat(2_000)})`,
  "(print '0x00)",
  '"\\u{1f4a3}"',
  '(begin (print u1) (stx-transfer? u1 tx-sender tx-sender))',
  ';; only a remark',
];

/** Signs a transaction that differs from a good one in one thing: a nonce, a fee, an argument, a post-condition… */
export async function signChanged({ network, bob }: Harness, dice: Dice): Promise<StacksTransactionWire> {
  const [contractAddress = '', contractName = ''] = COUNTER.split('.');
  // Of those that may wait, so that some are mined whatever came before.
  const base = { network, senderKey: bob.privateKey, nonce: BigInt(dice.below(25)), fee: FEE };
  const shared = [
    { nonce: dice.of(NONCES) },
    { fee: dice.of(AMOUNTS) },
    { network: createNetwork('mainnet') },
    { network: { ...network, chainId: dice.below(2 ** 32) } },
    { network: { ...network, transactionVersion: 0 } },
    { senderKey: `${dice.bytes(32).toString('hex')}01` },
    { sponsored: true },
  ];
  const conditions = [
    { postConditionMode: dice.of(MODES) },
    { postConditions: [Pc.principal(bob.address).willSendGte(dice.of(AMOUNTS)).ustx()] },
    { postConditions: [Pc.principal(COUNTER).willSendEq(dice.of(AMOUNTS)).ft(COUNTER, 'nothing')] },
    {
      postConditions: [
        Pc.principal(bob.address)
          .willSendAsset()
          .nft(`${COUNTER}::badge`, dice.of(valuesOf(bob.address))),
      ],
    },
  ];
  switch (dice.below(3)) {
    case 0: {
      const call = { ...base, contractAddress, contractName, functionName: 'increment', functionArgs: [] };
      const change = dice.of([
        ...shared,
        ...conditions,
        { functionName: dice.of(NAMES) },
        { contractName: dice.of(['nothing', 'counter-', 'c'.repeat(40), 'c'.repeat(128)]) },
        { contractAddress: dice.of(['SP000000000000000000002Q6VF78', 'ST000000000000000000002AMW42H']) },
        {
          functionName: dice.of(['deposit', 'withdraw', 'echo', 'send-point']),
          functionArgs: valuesOf(bob.address),
        },
        { functionName: 'deposit', functionArgs: [dice.of(valuesOf(bob.address))] },
        {
          functionName: 'echo',
          functionArgs: Array.from({ length: 4 }, () => dice.of(valuesOf(bob.address))),
        },
      ]);
      // Each change is of fields that a call has.
      return makeContractCall({ ...call, ...change } as SignedContractCallOptions);
    }
    case 1: {
      const transfer = { ...base, recipient: DEPLOYER, amount: 1n };
      const recipients = [bob.address, COUNTER, 'SP000000000000000000002Q6VF78', `${DEPLOYER}.nothing`];
      const change = dice.of([
        ...shared,
        { amount: dice.of(AMOUNTS) },
        { recipient: dice.of(recipients) },
        { memo: dice.of(['', '☺', 'm'.repeat(34), '\0']) },
      ]);
      return makeSTXTokenTransfer({ ...transfer, ...change } as SignedTokenTransferOptions);
    }
    default: {
      const deploy = { ...base, contractName: 'made', codeBody: '(define-constant a u1)', clarityVersion: 4 };
      const change = dice.of([
        ...shared,
        ...conditions,
        { codeBody: dice.of(SOURCES) },
        { codeBody: dice.of(SOURCES) },
        { contractName: dice.of(['counter', 'c'.repeat(40), 'c'.repeat(41), 'a-']) },
        { clarityVersion: dice.of([1, 2, 3, 5]) },
      ]);
      return makeContractDeploy({ ...deploy, ...change } as SignedContractDeployOptions);
    }
  }
}

function valuesOf(address: string): ClarityValue[] {
  return [
    Cl.uint(0),
    Cl.uint(2n ** 128n - 1n),
    Cl.int(-(2n ** 127n)),
    Cl.bool(true),
    Cl.none(),
    Cl.some(Cl.none()),
    Cl.ok(Cl.uint(1)),
    Cl.principal(address),
    Cl.principal('SP000000000000000000002Q6VF78'),
    Cl.contractPrincipal(DEPLOYER, 'nothing'),
    Cl.buffer(Buffer.alloc(65)),
    Cl.stringAscii(''),
    Cl.stringAscii('"\\'),
    Cl.stringUtf8('☺\u{1f4a3}'),
    Cl.stringUtf8('x'.repeat(65)),
    Cl.list([]),
    Cl.list([Cl.list([])]),
    Cl.tuple({ a: Cl.uint(1) }),
    deep(31),
    deep(40),
  ];
}

function deep(levels: number): ClarityValue {
  return levels === 0 ? Cl.none() : Cl.some(deep(levels - 1));
}

/** Values as a read-only call is given them. */
export function hostileArguments(address: string): readonly string[] {
  return valuesOf(address).map((value) => cvToHex(value));
}
