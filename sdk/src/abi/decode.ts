import { ClarityType, type ClarityValue } from '@stacks/transactions';
import type { AbiField, AbiType } from './abi-type.js';
import { joinPath, type Refuse } from './codec-issue.js';
import { makeCamelCase } from './names.js';

/** Decodes a Clarity value of a known type, the inverse of `encodeValue`. */
export const decodeValue = (type: AbiType, value: ClarityValue, refuse: Refuse, path = ''): unknown => {
  const expect = <T extends ClarityType>(kind: T): Extract<ClarityValue, { type: T }> =>
    value.type === kind
      ? (value as Extract<ClarityValue, { type: T }>) // narrowed by the line above; TS cannot relate T to the union
      : refuse({ kind: 'kind', path, came: value.type, expected: describeExpected(type) });

  if (typeof type === 'string') return decodePrimitive(type, value, refuse, path);
  if ('buffer' in type) return decodeHex(expect(ClarityType.Buffer).value);
  if ('string-ascii' in type) return expect(ClarityType.StringASCII).value;
  if ('string-utf8' in type) return expect(ClarityType.StringUTF8).value;
  if ('optional' in type) {
    if (value.type === ClarityType.OptionalNone) return null;
    return decodeValue(type.optional, expect(ClarityType.OptionalSome).value, refuse, path);
  }
  if ('list' in type) {
    const decodeItem = (item: ClarityValue, index: number): unknown =>
      decodeValue(type.list.type, item, refuse, `${path}[${index}]`);
    return expect(ClarityType.List).value.map(decodeItem);
  }
  if ('tuple' in type) return decodeFields(type.tuple, expect(ClarityType.Tuple).value, refuse, path);
  if (value.type === ClarityType.ResponseOk) {
    return { ok: true, value: decodeValue(type.response.ok, value.value, refuse, joinPath(path, 'value')) };
  }
  const inner = expect(ClarityType.ResponseErr).value;
  return { ok: false, error: decodeValue(type.response.error, inner, refuse, joinPath(path, 'error')) };
};

/** Decodes the named fields of a tuple; fields the type does not name are left out. */
export const decodeFields = (
  fields: readonly AbiField[],
  tuple: Readonly<Record<string, ClarityValue>>,
  refuse: Refuse,
  path = '',
): Record<string, unknown> => {
  const decodeField = (field: AbiField): [string, unknown] => {
    const key = makeCamelCase(field.name);
    const at = joinPath(path, key);
    const value = tuple[field.name];
    if (value === undefined) {
      return refuse({ kind: 'missing', path: at, came: 'nothing', expected: describeExpected(field.type) });
    }
    return [key, decodeValue(field.type, value, refuse, at)];
  };
  return Object.fromEntries(fields.map(decodeField));
};

type Primitive = Extract<AbiType, string>;

const decodePrimitive = (type: Primitive, value: ClarityValue, refuse: Refuse, path: string): unknown => {
  const mismatch = (): never => refuse({ kind: 'kind', path, came: value.type, expected: type });
  switch (type) {
    case 'uint128':
      return value.type === ClarityType.UInt ? BigInt(value.value) : mismatch();
    case 'int128':
      return value.type === ClarityType.Int ? BigInt(value.value) : mismatch();
    case 'bool':
      if (value.type === ClarityType.BoolTrue) return true;
      return value.type === ClarityType.BoolFalse ? false : mismatch();
    case 'principal':
      if (value.type === ClarityType.PrincipalStandard) return value.value;
      return value.type === ClarityType.PrincipalContract ? value.value : mismatch();
    case 'trait_reference':
      return value.type === ClarityType.PrincipalContract ? value.value : mismatch();
    case 'none':
      return value.type === ClarityType.OptionalNone ? null : mismatch();
    default:
      return type satisfies never;
  }
};

const decodeHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const describeExpected = (type: AbiType): string =>
  typeof type === 'string' ? type : (Object.keys(type)[0] ?? '');
