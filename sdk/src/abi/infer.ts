import type { Abi, AbiField, AbiFunction } from './abi-type.js';

/** `max-attempts` as `maxAttempts`. */
export type CamelCase<S extends string> = S extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

/** Shows a computed object type as its plain fields. */
export type Plain<T> = { [K in keyof T]: T[K] } & {};

/** A tuple's fields, or a function's arguments, as one object with camelCase keys. */
export type FieldsOf<Fields> = Fields extends readonly AbiField[]
  ? Plain<{ readonly [F in Fields[number] as CamelCase<F['name']>]: ValueOf<F['type']> }>
  : never;

/** A response as a value: no exception, no unwrapping. */
export type ResponseOf<Ok, Err> =
  | { readonly ok: true; readonly value: Ok }
  | { readonly ok: false; readonly error: Err };

/** The JavaScript value of a Clarity type. An optional is `T | null`, so an optional of an optional loses a level. */
export type ValueOf<T> = T extends 'uint128' | 'int128'
  ? bigint
  : T extends 'bool'
    ? boolean
    : T extends 'principal' | 'trait_reference'
      ? string
      : T extends 'none'
        ? null
        : T extends { readonly buffer: unknown }
          ? Uint8Array
          : T extends { readonly 'string-ascii': unknown } | { readonly 'string-utf8': unknown }
            ? string
            : T extends { readonly optional: infer Inner }
              ? ValueOf<Inner> | null
              : T extends { readonly response: { readonly ok: infer Ok; readonly error: infer Err } }
                ? ResponseOf<ValueOf<Ok>, ValueOf<Err>>
                : T extends { readonly list: { readonly type: infer Item } }
                  ? readonly ValueOf<Item>[]
                  : T extends { readonly tuple: infer Fields }
                    ? FieldsOf<Fields>
                    : never;

/** The value with a response taken apart: what a call gives when the contract agrees. */
export type OkOf<T> = T extends { readonly response: { readonly ok: infer Ok } } ? ValueOf<Ok> : ValueOf<T>;

export type PublicFunction<A extends Abi> = Extract<A['functions'][number], { readonly access: 'public' }>;
export type ReadFunction<A extends Abi> = Extract<A['functions'][number], { readonly access: 'read_only' }>;
export type FunctionNamed<A extends Abi, Name extends string> = Extract<
  A['functions'][number],
  { readonly name: Name }
>;

/** A function's arguments as one object with camelCase keys. */
export type ArgsOf<F> = F extends { readonly args: infer Args } ? FieldsOf<Args> : never;

/** What a function answers when it agrees. */
export type OutputOf<F> = F extends AbiFunction ? OkOf<F['outputs']['type']> : never;
