import { ClarityType, type ClarityValue } from '@stacks/transactions';
import type { AbiField, AbiType } from '../abi/abi-type.js';
import { decodeFields } from '../abi/decode.js';
import type { FieldsOf } from '../abi/infer.js';
import { refuseAnswer } from '../errors/codec-error.js';

/** The named values of a print. */
export type PrintFields = Readonly<Record<string, ClarityValue>>;

/** The topic and the fields of one of our prints, or `null` for another kind of print. */
export const readPrint = (
  value: ClarityValue,
): { readonly topic: string; readonly fields: PrintFields } | null => {
  if (value.type !== ClarityType.Tuple) return null;
  const topic = value.value.topic;
  return topic?.type === ClarityType.StringASCII ? { topic: topic.value, fields: value.value } : null;
};

/** Decodes the fields a print shares with a record. Throws `MISMATCH_ABI`. */
export const decodePrint = <const Fields extends readonly AbiField[]>(
  topic: string,
  known: Fields,
  fields: PrintFields,
): FieldsOf<Fields> =>
  // The fields decoded are the ones the type is made of.
  decodeFields(known, fields, refuseAnswer(`event ${topic}`)) as FieldsOf<Fields>;

type OptionalTuple = { readonly optional: { readonly tuple: readonly AbiField[] } };

/** The fields of the record a `get-…` function may find. */
export const fieldsOfRecord = <
  Abi extends {
    readonly functions: readonly { readonly name: string; readonly outputs: { readonly type: AbiType } }[];
  },
  Name extends Extract<
    Abi['functions'][number],
    { readonly outputs: { readonly type: OptionalTuple } }
  >['name'],
>(
  abi: Abi,
  name: Name,
) => {
  type Found = Extract<Abi['functions'][number], { readonly name: Name }>['outputs']['type'];
  const type = abi.functions.find((fn) => fn.name === name)?.outputs.type;
  // Name is one of the functions whose output is an optional tuple, by its constraint.
  return (type as Extract<Found, OptionalTuple>).optional.tuple as Extract<
    Found,
    OptionalTuple
  >['optional']['tuple'];
};
