import {
  type ClarityAbiType,
  ClarityType,
  type ClarityValue,
  isClarityAbiBuffer,
  isClarityAbiList,
  isClarityAbiOptional,
  isClarityAbiResponse,
  isClarityAbiStringAscii,
  isClarityAbiStringUtf8,
  isClarityAbiTuple,
} from '@stacks/transactions';

/** Whether a value may be given where the interface of a contract asks for `type`. SIP-005, "Clarity Value". */
export function fitsType(value: ClarityValue, type: ClarityAbiType): boolean {
  const { type: kind } = value;
  switch (kind) {
    case ClarityType.BoolTrue:
    case ClarityType.BoolFalse:
      return type === 'bool';
    case ClarityType.Int:
      return type === 'int128';
    case ClarityType.UInt:
      return type === 'uint128';
    case ClarityType.PrincipalStandard:
      return type === 'principal';
    case ClarityType.PrincipalContract:
      return type === 'principal' || type === 'trait_reference';
    case ClarityType.Buffer:
      return isClarityAbiBuffer(type) && value.value.length / 2 <= type.buffer.length;
    case ClarityType.StringASCII:
      return isClarityAbiStringAscii(type) && value.value.length <= type['string-ascii'].length;
    case ClarityType.StringUTF8:
      // Clarity counts characters, not the halves that JavaScript makes of some.
      return isClarityAbiStringUtf8(type) && [...value.value].length <= type['string-utf8'].length;
    case ClarityType.OptionalNone:
      return type === 'none' || isClarityAbiOptional(type);
    case ClarityType.OptionalSome:
      return isClarityAbiOptional(type) && fitsType(value.value, type.optional);
    case ClarityType.ResponseOk:
      return isClarityAbiResponse(type) && fitsType(value.value, type.response.ok);
    case ClarityType.ResponseErr:
      return isClarityAbiResponse(type) && fitsType(value.value, type.response.error);
    case ClarityType.List: {
      if (!isClarityAbiList(type) || value.value.length > type.list.length) return false;
      return value.value.every((item) => fitsType(item, type.list.type));
    }
    case ClarityType.Tuple: {
      if (!isClarityAbiTuple(type) || Object.keys(value.value).length !== type.tuple.length) return false;
      return type.tuple.every(({ name, type: wanted }) => {
        const field = Object.hasOwn(value.value, name) ? value.value[name] : undefined;
        return field !== undefined && fitsType(field, wanted);
      });
    }
    default:
      kind satisfies never;
      return false;
  }
}
