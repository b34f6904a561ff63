import { Cl, type ClarityValue } from '@stacks/transactions';
import { errorName } from './contract-errors.js';

/**
 * A Clarity value as plain data: uints are bigints, buffers `0x…` strings, none is null, some(x) is x,
 * ok(x) is { ok: x }.
 */
export type Plain =
  | bigint
  | number
  | boolean
  | string
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** A type as it stands in a contract's interface. */
export type AbiType =
  | string
  | { buffer: { length: number } }
  | { 'string-ascii': { length: number } }
  | { optional: AbiType }
  | { response: { ok: AbiType; error: AbiType } }
  | { tuple: readonly { name: string; type: AbiType }[] }
  | { list: { type: AbiType; length: number } };

/** Makes the Clarity value of an interface type from plain data. */
export function encode(value: Plain, type: AbiType): ClarityValue {
  if (type === 'uint128') return Cl.uint(value as bigint);
  if (type === 'bool') return Cl.bool(value as boolean);
  if (type === 'principal' || type === 'trait_reference') return Cl.principal(value as string);
  if (typeof type === 'string') throw new Error(`no encoding for the type ${type}`);
  if ('buffer' in type) return Cl.bufferFromHex((value as string).slice(2));
  if ('string-ascii' in type) return Cl.stringAscii(value as string);
  if ('optional' in type) return value === null ? Cl.none() : Cl.some(encode(value, type.optional));
  if ('list' in type) return Cl.list((value as readonly Plain[]).map((item) => encode(item, type.list.type)));
  if ('response' in type) return encodeResponse(value as { ok: Plain } | { err: Plain }, type.response);
  if ('tuple' in type) return encodeTuple(value as { [key: string]: Plain }, type.tuple);
  throw new Error(`no encoding for the type ${JSON.stringify(type)}`);
}

function encodeResponse(value: { ok: Plain } | { err: Plain }, type: { ok: AbiType; error: AbiType }) {
  return 'ok' in value ? Cl.ok(encode(value.ok, type.ok)) : Cl.error(encode(value.err, type.error));
}

function encodeTuple(record: { [key: string]: Plain }, fields: readonly { name: string; type: AbiType }[]) {
  const unknown = Object.keys(record).filter((key) => !fields.some((field) => field.name === key));
  if (unknown.length > 0) throw new Error(`the tuple has no field ${unknown.join(', ')}`);
  return Cl.tuple(
    Object.fromEntries(
      fields.map(({ name, type }) => {
        const value = record[name];
        if (value === undefined) throw new Error(`the tuple lacks the field ${name}`);
        return [name, encode(value, type)];
      }),
    ),
  );
}

/** Plain data of a Clarity value; the code of an error becomes its name. */
export function decode(value: ClarityValue): Plain {
  switch (value.type) {
    case 'uint':
    case 'int':
      return BigInt(value.value);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'buffer':
      return `0x${value.value}`;
    case 'none':
      return null;
    case 'some':
      return decode(value.value);
    case 'ok':
      return { ok: decode(value.value) };
    case 'err':
      return { err: errorName(decode(value.value)) };
    case 'list':
      return value.value.map(decode);
    case 'tuple':
      return Object.fromEntries(Object.entries(value.value).map(([key, field]) => [key, decode(field)]));
    default:
      return value.value;
  }
}
