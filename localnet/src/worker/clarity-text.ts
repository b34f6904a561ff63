import { ClarityType, type ClarityValue, cvToHex, deserializeCV } from '@stacks/transactions';
import { assertPrincipal, CLARITY_NAME } from './principal.js';

/**
 * Clarity source text of a serialized value: what is read back is the same value, whatever it holds.
 * Throws on names that Clarity does not allow, so that no value can smuggle in code.
 */
export function clarityTextOfHex(hex: string): string {
  return clarityText(deserializeCV(hex));
}

export function clarityText(value: ClarityValue): string {
  switch (value.type) {
    case ClarityType.Int:
      return `${value.value}`;
    case ClarityType.UInt:
      return `u${value.value}`;
    case ClarityType.BoolTrue:
      return 'true';
    case ClarityType.BoolFalse:
      return 'false';
    case ClarityType.Buffer:
      return `0x${value.value}`;
    case ClarityType.PrincipalStandard:
    case ClarityType.PrincipalContract:
      assertPrincipal(value.value);
      return `'${value.value}`;
    case ClarityType.OptionalNone:
      return 'none';
    case ClarityType.OptionalSome:
      return `(some ${clarityText(value.value)})`;
    case ClarityType.ResponseOk:
      return `(ok ${clarityText(value.value)})`;
    case ClarityType.ResponseErr:
      return `(err ${clarityText(value.value)})`;
    case ClarityType.List:
      return `(list${value.value.map((item) => ` ${clarityText(item)}`).join('')})`;
    case ClarityType.Tuple: {
      const fields = Object.entries(value.value).map(([name, field]) => {
        if (!CLARITY_NAME.test(name)) throw new Error(`"${name}" is no name of a tuple's field`);
        return `${name}: ${clarityText(field)}`;
      });
      return `{${fields.join(', ')}}`;
    }
    // Strings go by their bytes: source text has no escape for every character a value may hold.
    case ClarityType.StringASCII:
      return PLAIN_ASCII.test(value.value)
        ? `"${value.value}"`
        : fromBytes(`(string-ascii ${Math.max(1, value.value.length)})`, value);
    case ClarityType.StringUTF8:
      return PLAIN_ASCII.test(value.value)
        ? `u"${value.value}"`
        : fromBytes(`(string-utf8 ${Math.max(1, [...value.value].length)})`, value);
    default:
      value satisfies never;
      throw new Error('unknown Clarity type');
  }
}

const PLAIN_ASCII = /^[ !#-[\]-~]*$/;

function fromBytes(type: string, value: ClarityValue): string {
  return `(unwrap-panic (from-consensus-buff? ${type} ${cvToHex(value)}))`;
}
