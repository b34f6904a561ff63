import { makeContractDeploy } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { complies } from '../../localnet/src/chain/trait-compliance.js';
import { claimsTrait, findTrait } from '../../localnet/src/chain/trait-definition.js';
import { DEPLOYER, FEE, type Harness, startFixture } from './harness.js';

const TRAITS = `;; (define-trait commented ((f () (response bool bool))))
(define-trait counting
  ((get-count () (response uint uint)) ;; a remark with (parentheses)
   (deposit (uint) (response uint uint))))
(define-trait shapes
  ((f ((list 3 (buff 4)) {a: (optional principal), b: <counting>}) (response (string-ascii 5) int))))`;

describe('findTrait', () => {
  it('reads functions, arguments and types as an interface writes them', () => {
    expect(findTrait(TRAITS, 'shapes')).toEqual([
      {
        name: 'f',
        args: [
          { list: { length: 3, type: { buffer: { length: 4 } } } },
          {
            tuple: [
              { name: 'a', type: { optional: 'principal' } },
              { name: 'b', type: 'trait_reference' },
            ],
          },
        ],
        output: { response: { ok: { 'string-ascii': { length: 5 } }, error: 'int128' } },
      },
    ]);
    expect(findTrait(TRAITS, 'commented')).toBeNull();
  });

  it('reads a tuple however it is written', () => {
    const ways = [
      '{a:uint,b:bool}',
      '{a: uint, b: bool}',
      '{a : uint , b : bool}',
      '(tuple (a uint) (b bool))',
    ];
    const types = ways.map(
      (way) => findTrait(`(define-trait t ((f (${way}) (response bool bool))))`, 't')?.[0]?.args,
    );
    const fields = [
      { name: 'a', type: 'uint128' },
      { name: 'b', type: 'bool' },
    ];
    for (const type of types) expect(type).toEqual([{ tuple: fields }]);
  });
});

describe('claimsTrait', () => {
  it.each([
    ["(impl-trait 'ST1.traits.counting)", true],
    ['(impl-trait .traits.counting)', true],
    ['(impl-trait .traits.shapes)', false],
    [';; (impl-trait .traits.counting)', false],
  ])('of %s is %s', (source, claims) => {
    expect(claimsTrait(source, 'ST1', 'ST1.traits.counting')).toBe(claims);
  });
});

describe('complies', () => {
  const abiOf = (arg: unknown, ok: unknown) =>
    ({
      functions: [
        {
          name: 'f',
          access: 'public',
          args: [{ name: 'x', type: arg }],
          outputs: { type: { response: { ok, error: 'none' } } },
        },
      ],
    }) as never;
  const trait = findTrait('(define-trait t ((f ((buff 4)) (response (buff 8) uint))))', 't') ?? [];

  it.each([
    ['the same', { buffer: { length: 4 } }, { buffer: { length: 8 } }, true],
    ['more to take and less to answer', { buffer: { length: 9 } }, { buffer: { length: 1 } }, true],
    ['less to take', { buffer: { length: 3 } }, { buffer: { length: 8 } }, false],
    ['more to answer', { buffer: { length: 4 } }, { buffer: { length: 9 } }, false],
    ['another type', 'uint128', { buffer: { length: 8 } }, false],
  ])('with %s is %s', (_what, arg, ok, expected) => {
    expect(complies(abiOf(arg, ok), trait)).toBe(expected);
  });
});

describe('GET /v2/traits', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startFixture();
    const [deployer] = h.node.accounts;
    const transaction = await makeContractDeploy({
      network: h.network,
      senderKey: deployer?.privateKey ?? '',
      contractName: 'traits',
      codeBody:
        '(define-trait paying ((deposit (uint) (response uint uint)))) (define-trait other ((nothing () (response uint uint))))',
      clarityVersion: 6,
      fee: FEE,
    });
    expect((await h.run(transaction)).tx_status).toBe('success');
  });
  afterAll(() => h.node.stop());

  const ask = (contract: string, trait: string) =>
    h.get(`/v2/traits/${DEPLOYER}/${contract}/${DEPLOYER}/traits/${trait}`);

  it('tells who implements what, said or unsaid', async () => {
    expect(await ask('counter', 'paying')).toEqual({ status: 200, body: { is_implemented: true } });
    expect(await ask('counter', 'other')).toEqual({ status: 200, body: { is_implemented: false } });
  });

  it('knows no trait and no contract that is not there', async () => {
    const body = 'No contract analysis found or trait definition not found';
    expect(await ask('counter', 'nothing')).toEqual({ status: 404, body });
    expect(await ask('nobody', 'paying')).toEqual({ status: 404, body });
  });
});
