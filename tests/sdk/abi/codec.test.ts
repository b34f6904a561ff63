import { Cl } from '@stacks/transactions';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AbiType } from '../../../sdk/src/abi/abi-type.js';
import type { CodecIssue } from '../../../sdk/src/abi/codec-issue.js';
import { ABIS } from '../../../sdk/src/abi/contracts.js';
import { decodeValue } from '../../../sdk/src/abi/decode.js';
import { encodeFields, encodeValue } from '../../../sdk/src/abi/encode.js';
import { arbitraryOf, throughBytes } from '../helpers/arbitrary-value.js';

class Refused extends Error {
  constructor(readonly issue: CodecIssue) {
    super(issue.path);
  }
}
const refuse = (issue: CodecIssue): never => {
  throw new Refused(issue);
};
const issueOf = (act: () => unknown): CodecIssue => {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.issue;
    throw error;
  }
  throw new Error('nothing was refused');
};

const CORNERS: Record<string, AbiType> = {
  int: 'int128',
  'string-utf8': { 'string-utf8': { length: 80 } },
  response: { response: { ok: { list: { type: 'bool', length: 3 } }, error: 'uint128' } },
  trait: 'trait_reference',
};

describe('decodeValue', () => {
  const functions = Object.entries(ABIS).flatMap(([contract, abi]) =>
    abi.functions.map((fn) => ({
      name: `${contract}.${fn.name}`,
      args: fn.args,
      output: fn.outputs.type as AbiType,
    })),
  );

  it.each(functions)('is the inverse of encodeValue for $name', ({ args, output }) => {
    for (const type of [output, ...args.map((arg): AbiType => arg.type)]) {
      const property = fc.property(arbitraryOf(type), (value) => {
        const decoded = decodeValue(type, throughBytes(encodeValue(type, value, refuse)), refuse);
        expect(decoded).toEqual(value);
      });
      fc.assert(property, { numRuns: 20 });
    }
  });

  it.each(Object.entries(CORNERS))('is the inverse of encodeValue for %s', (_, type) => {
    const property = fc.property(arbitraryOf(type), (value) => {
      expect(decodeValue(type, throughBytes(encodeValue(type, value, refuse)), refuse)).toEqual(value);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('says where a value is of another kind', () => {
    const type: AbiType = { tuple: [{ name: 'last-id', type: { optional: 'uint128' } }] };
    const issue = issueOf(() => decodeValue(type, Cl.tuple({ 'last-id': Cl.some(Cl.bool(true)) }), refuse));
    expect(issue).toEqual({ kind: 'kind', path: 'lastId', came: 'true', expected: 'uint128' });
  });
});

describe('encodeValue', () => {
  const cases: [string, AbiType, unknown, Partial<CodecIssue>][] = [
    ['a number for a uint', 'uint128', 5, { kind: 'kind', came: 'a value of type number' }],
    ['a negative uint', 'uint128', -1n, { kind: 'range', came: '-1' }],
    ['a uint of 129 bits', 'uint128', 2n ** 128n, { kind: 'range' }],
    ['an int of 128 bits', 'int128', 2n ** 127n, { kind: 'range' }],
    [
      'a long buffer',
      { buffer: { length: 2 } },
      new Uint8Array(3),
      { kind: 'length', came: '3 bytes', expected: 'at most 2 bytes' },
    ],
    ['an array for a buffer', { buffer: { length: 2 } }, [1, 2], { kind: 'kind', came: 'an array' }],
    ['a long string', { 'string-ascii': { length: 2 } }, 'abc', { kind: 'length', came: '3 characters' }],
    [
      'text beyond ASCII',
      { 'string-ascii': { length: 9 } },
      'é',
      { kind: 'kind', came: 'characters outside ASCII' },
    ],
    ['a long list', { list: { type: 'bool', length: 1 } }, [true, true], { kind: 'length', came: '2 items' }],
    ['a wrong list item', { list: { type: 'bool', length: 2 } }, [true, 1n], { kind: 'kind', path: '[1]' }],
    ['a string for a bool', 'bool', 'true', { kind: 'kind' }],
    ['a malformed principal', 'principal', 'ST123', { kind: 'kind', came: 'a malformed principal' }],
    [
      'an address for a contract',
      'trait_reference',
      'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM',
      { kind: 'kind' },
    ],
    ['undefined for an optional', { optional: 'bool' }, undefined, { kind: 'kind', came: 'undefined' }],
    ['a value for none', 'none', 1n, { kind: 'kind' }],
    ['a bare value for a response', { response: { ok: 'bool', error: 'uint128' } }, true, { kind: 'kind' }],
  ];

  it.each(cases)('refuses %s', (_, type, value, issue) => {
    expect(issueOf(() => encodeValue(type, value, refuse))).toMatchObject(issue);
  });
});

describe('encodeFields', () => {
  const fields = [
    { name: 'max-attempts', type: 'uint128' },
    { name: 'hold', type: 'bool' },
  ] as const;

  it('keeps the order of the fields, whatever the order of the keys', () => {
    const encoded = encodeFields(fields, { hold: true, maxAttempts: 3n }, refuse);
    expect(Object.entries(encoded)).toEqual([
      ['max-attempts', Cl.uint(3)],
      ['hold', Cl.bool(true)],
    ]);
  });

  it('refuses an unknown key and names the known ones', () => {
    const issue = issueOf(() =>
      encodeFields(fields, { hold: true, maxAttempts: 3n, reward: 1n }, refuse, 'data'),
    );
    const expected = 'one of maxAttempts, hold';
    expect(issue).toEqual({ kind: 'unknown', path: 'data.reward', came: 'unknown field reward', expected });
  });

  it('refuses a missing key and says what belongs there', () => {
    const issue = issueOf(() => encodeFields(fields, { maxAttempts: 3n }, refuse));
    expect(issue).toEqual({ kind: 'missing', path: 'hold', came: 'nothing', expected: 'true or false' });
  });

  it.each([null, 'text', [1n], new Uint8Array()])('refuses %s for an object', (value) => {
    expect(issueOf(() => encodeFields(fields, value, refuse))).toMatchObject({ kind: 'kind' });
  });
});
