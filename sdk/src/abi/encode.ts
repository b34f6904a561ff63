import { Cl, type ClarityValue, validateStacksAddress } from '@stacks/transactions';
import type { AbiField, AbiType } from './abi-type.js';
import { countOf, joinPath, kindOf, type Refuse } from './codec-issue.js';
import { makeCamelCase } from './names.js';

const UINT_MAX = 2n ** 128n - 1n;
const INT_MAX = 2n ** 127n - 1n;
const INT_MIN = -(2n ** 127n);
const CONTRACT_NAME = /^[a-zA-Z][a-zA-Z0-9_-]{0,39}$/;
const ASCII_TEXT = /^[\x20-\x7e\n\r\t]*$/;

/** Encodes a JavaScript value as the Clarity value of a type; anything that does not fit goes to `refuse`. */
export const encodeValue = (type: AbiType, value: unknown, refuse: Refuse, path = ''): ClarityValue => {
  if (typeof type === 'string') return encodePrimitive(type, value, refuse, path);
  if ('buffer' in type) return encodeBuffer(type.buffer.length, value, refuse, path);
  if ('string-ascii' in type) return encodeAscii(type['string-ascii'].length, value, refuse, path);
  if ('string-utf8' in type) return encodeUtf8(type['string-utf8'].length, value, refuse, path);
  if ('optional' in type) {
    return value === null ? Cl.none() : Cl.some(encodeValue(type.optional, value, refuse, path));
  }
  if ('list' in type) return encodeList(type.list, value, refuse, path);
  if ('tuple' in type) return Cl.tuple(encodeFields(type.tuple, value, refuse, path));
  return encodeResponse(type.response, value, refuse, path);
};

/** Encodes an object with camelCase keys as the named Clarity values of its fields, in the fields' order. */
export const encodeFields = (
  fields: readonly AbiField[],
  value: unknown,
  refuse: Refuse,
  path = '',
): Record<string, ClarityValue> => {
  if (!isRecord(value)) return refuse({ kind: 'kind', path, came: kindOf(value), expected: 'an object' });
  const known = new Set(fields.map((field) => makeCamelCase(field.name)));
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const expected = known.size === 0 ? 'no fields' : `one of ${[...known].join(', ')}`;
    refuse({ kind: 'unknown', path: joinPath(path, key), came: `unknown field ${key}`, expected });
  }
  const encodeField = (field: AbiField): [string, ClarityValue] => {
    const key = makeCamelCase(field.name);
    const at = joinPath(path, key);
    if (value[key] === undefined) {
      refuse({ kind: 'missing', path: at, came: 'nothing', expected: describeType(field.type) });
    }
    return [field.name, encodeValue(field.type, value[key], refuse, at)];
  };
  return Object.fromEntries(fields.map(encodeField));
};

/** Names a Clarity type the way a JavaScript caller writes it. */
const describeType = (type: AbiType): string => {
  if (typeof type === 'string') return PRIMITIVE_TEXTS[type];
  if ('buffer' in type) return `a Uint8Array of at most ${countOf(type.buffer.length, 'byte')}`;
  if ('string-ascii' in type) {
    return `an ASCII string of at most ${countOf(type['string-ascii'].length, 'character')}`;
  }
  if ('string-utf8' in type) return `a string of at most ${countOf(type['string-utf8'].length, 'character')}`;
  if ('optional' in type) return `${describeType(type.optional)}, or null`;
  if ('list' in type) return `an array of at most ${countOf(type.list.length, 'item')}`;
  if ('tuple' in type) return `an object with ${type.tuple.map((f) => makeCamelCase(f.name)).join(', ')}`;
  return '{ ok: true, value } or { ok: false, error }';
};

const PRIMITIVE_TEXTS = {
  uint128: 'a bigint from 0n to 2^128 - 1',
  int128: 'a bigint from -2^127 to 2^127 - 1',
  bool: 'true or false',
  principal: 'a Stacks address, or a contract as ADDRESS.name',
  trait_reference: 'a contract as ADDRESS.name',
  none: 'null',
} as const;

type Primitive = Extract<AbiType, string>;

const encodePrimitive = (type: Primitive, value: unknown, refuse: Refuse, path: string): ClarityValue => {
  switch (type) {
    case 'uint128':
      return Cl.uint(checkInteger(value, 0n, UINT_MAX, type, refuse, path));
    case 'int128':
      return Cl.int(checkInteger(value, INT_MIN, INT_MAX, type, refuse, path));
    case 'bool':
      if (typeof value !== 'boolean') return refuseKind(type, value, refuse, path);
      return Cl.bool(value);
    case 'principal':
    case 'trait_reference':
      return encodePrincipal(type, value, refuse, path);
    case 'none':
      return value === null ? Cl.none() : refuseKind(type, value, refuse, path);
    default:
      return type satisfies never;
  }
};

const checkInteger = (
  value: unknown,
  min: bigint,
  max: bigint,
  type: Primitive,
  refuse: Refuse,
  path: string,
): bigint => {
  if (typeof value !== 'bigint') return refuseKind(type, value, refuse, path);
  if (value >= min && value <= max) return value;
  return refuse({ kind: 'range', path, came: `${value}`, expected: PRIMITIVE_TEXTS[type] });
};

const encodePrincipal = (type: Primitive, value: unknown, refuse: Refuse, path: string): ClarityValue => {
  if (typeof value !== 'string') return refuseKind(type, value, refuse, path);
  const [address = '', name, ...rest] = value.split('.');
  const isContract = name !== undefined && CONTRACT_NAME.test(name) && rest.length === 0;
  const isStandard = name === undefined && type === 'principal';
  if (validateStacksAddress(address) && (isContract || isStandard)) return Cl.principal(value);
  return refuse({ kind: 'kind', path, came: 'a malformed principal', expected: PRIMITIVE_TEXTS[type] });
};

const encodeBuffer = (limit: number, value: unknown, refuse: Refuse, path: string): ClarityValue => {
  if (!(value instanceof Uint8Array)) return refuseKind({ buffer: { length: limit } }, value, refuse, path);
  checkLength(value.length, limit, 'byte', refuse, path);
  return Cl.buffer(value);
};

const encodeAscii = (limit: number, value: unknown, refuse: Refuse, path: string): ClarityValue => {
  const type = { 'string-ascii': { length: limit } };
  if (typeof value !== 'string') return refuseKind(type, value, refuse, path);
  if (!ASCII_TEXT.test(value)) {
    return refuse({ kind: 'kind', path, came: 'characters outside ASCII', expected: describeType(type) });
  }
  checkLength(value.length, limit, 'character', refuse, path);
  return Cl.stringAscii(value);
};

const encodeUtf8 = (limit: number, value: unknown, refuse: Refuse, path: string): ClarityValue => {
  if (typeof value !== 'string') return refuseKind({ 'string-utf8': { length: limit } }, value, refuse, path);
  checkLength([...value].length, limit, 'character', refuse, path);
  return Cl.stringUtf8(value);
};

const encodeList = (
  list: { readonly type: AbiType; readonly length: number },
  value: unknown,
  refuse: Refuse,
  path: string,
): ClarityValue => {
  if (!Array.isArray(value)) return refuseKind({ list }, value, refuse, path);
  checkLength(value.length, list.length, 'item', refuse, path);
  return Cl.list(value.map((item, index) => encodeValue(list.type, item, refuse, `${path}[${index}]`)));
};

const encodeResponse = (
  response: { readonly ok: AbiType; readonly error: AbiType },
  value: unknown,
  refuse: Refuse,
  path: string,
): ClarityValue => {
  if (!isRecord(value) || typeof value.ok !== 'boolean') return refuseKind({ response }, value, refuse, path);
  return value.ok
    ? Cl.ok(encodeValue(response.ok, value.value, refuse, joinPath(path, 'value')))
    : Cl.error(encodeValue(response.error, value.error, refuse, joinPath(path, 'error')));
};

const checkLength = (length: number, limit: number, unit: string, refuse: Refuse, path: string): void => {
  if (length <= limit) return;
  refuse({ kind: 'length', path, came: countOf(length, unit), expected: `at most ${countOf(limit, unit)}` });
};

const refuseKind = (type: AbiType, value: unknown, refuse: Refuse, path: string): never =>
  refuse({ kind: 'kind', path, came: kindOf(value), expected: describeType(type) });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
