import type { ClarityValue } from '@stacks/transactions';

/** A Clarity value as plain data: uint bigint, buffer hex, optional value or null, response `{ok}` or `{err}`. */
export type Plain = bigint | boolean | string | null | readonly Plain[] | { readonly [key: string]: Plain };

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
    case 'ascii':
    case 'utf8':
    case 'address':
    case 'contract':
      return value.value;
    case 'none':
      return null;
    case 'some':
      return decode(value.value);
    case 'ok':
      return { ok: decode(value.value) };
    case 'err':
      return { err: decode(value.value) };
    case 'list':
      return value.value.map(decode);
    case 'tuple':
      return Object.fromEntries(
        Object.entries(value.value).map(([key, entry]) => [toCamelCase(key), decode(entry)]),
      );
    default:
      value satisfies never;
      throw new Error('a Clarity value of an unknown type came back');
  }
}

const CAMEL = new Map<string, string>();

function toCamelCase(name: string): string {
  let camel = CAMEL.get(name);
  if (camel === undefined) {
    camel = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    CAMEL.set(name, camel);
  }
  return camel;
}
