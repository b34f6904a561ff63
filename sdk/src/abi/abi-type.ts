/** A Clarity type as a node's contract interface writes it. */
export type AbiType =
  | 'uint128'
  | 'int128'
  | 'bool'
  | 'principal'
  | 'trait_reference'
  | 'none'
  | { readonly buffer: { readonly length: number } }
  | { readonly 'string-ascii': { readonly length: number } }
  | { readonly 'string-utf8': { readonly length: number } }
  | { readonly optional: AbiType }
  | { readonly response: { readonly ok: AbiType; readonly error: AbiType } }
  | { readonly list: { readonly type: AbiType; readonly length: number } }
  | { readonly tuple: readonly AbiField[] };

/** A named value: a tuple's field or a function's argument. */
export interface AbiField {
  readonly name: string;
  readonly type: AbiType;
}

/** A function callers may reach: public (a transaction) or read-only (a question). */
export interface AbiFunction {
  readonly name: string;
  readonly access: 'public' | 'read_only';
  readonly args: readonly AbiField[];
  readonly outputs: { readonly type: AbiType };
}

/** A data map, its key and its value. */
export interface AbiMap {
  readonly name: string;
  readonly key: AbiType;
  readonly value: AbiType;
}

/** What a contract shows to the outside. */
export interface Abi {
  readonly functions: readonly AbiFunction[];
  readonly maps: readonly AbiMap[];
  readonly variables: readonly AbiField[];
}
