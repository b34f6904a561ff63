import { Cl, type ClarityValue, privateKeyToAddress } from '@stacks/transactions';
import fc from 'fast-check';
import type { AbiType } from '../../../sdk/src/abi/abi-type.js';
import { makeCamelCase } from '../../../sdk/src/abi/names.js';

const UINT_MAX = 2n ** 128n - 1n;
const INT_MAX = 2n ** 127n - 1n;

const address = fc
  .uint8Array({ minLength: 31, maxLength: 31 })
  .map((bytes) => privateKeyToAddress(`01${Buffer.from(bytes).toString('hex')}01`, 'testnet'));
const contractName = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const contractId = fc.tuple(address, contractName).map(([owner, name]) => `${owner}.${name}`);

/** Any JavaScript value of a Clarity type. */
export const arbitraryOf = (type: AbiType): fc.Arbitrary<unknown> => {
  if (typeof type === 'string') return PRIMITIVES[type];
  if ('buffer' in type) return fc.uint8Array({ maxLength: type.buffer.length });
  if ('string-ascii' in type) {
    const limit = Math.min(type['string-ascii'].length, 40);
    return fc.string({ unit: 'grapheme-ascii', maxLength: limit });
  }
  if ('string-utf8' in type) {
    // A grapheme may take several characters.
    const limit = Math.floor(Math.min(type['string-utf8'].length, 80) / 8);
    return fc.string({ unit: 'grapheme', maxLength: limit });
  }
  if ('optional' in type) return fc.option(arbitraryOf(type.optional));
  if ('list' in type)
    return fc.array(arbitraryOf(type.list.type), { maxLength: Math.min(type.list.length, 5) });
  if ('tuple' in type) {
    return fc.record(
      Object.fromEntries(type.tuple.map((field) => [makeCamelCase(field.name), arbitraryOf(field.type)])),
      { noNullPrototype: true },
    );
  }
  return fc.oneof(
    arbitraryOf(type.response.ok).map((value) => ({ ok: true, value })),
    arbitraryOf(type.response.error).map((error) => ({ ok: false, error })),
  );
};

const PRIMITIVES: Record<Extract<AbiType, string>, fc.Arbitrary<unknown>> = {
  uint128: fc.bigInt({ min: 0n, max: UINT_MAX }),
  int128: fc.bigInt({ min: -INT_MAX - 1n, max: INT_MAX }),
  bool: fc.boolean(),
  principal: fc.oneof(address, contractId),
  trait_reference: contractId,
  none: fc.constant(null),
};

/** What a node gives back of a value: its bytes, read again. */
export const throughBytes = (value: ClarityValue): ClarityValue => Cl.deserialize(Cl.serialize(value));
