import { ClarityType, type ClarityValue } from '@stacks/transactions';
import type { AbiType } from '../abi/abi-type.js';
import type { AbiOf, FacContractName } from '../abi/contracts.js';
import { decodeValue } from '../abi/decode.js';
import { encodeFields } from '../abi/encode.js';
import type { ArgsOf, CamelCase, OutputOf, ReadFunction } from '../abi/infer.js';
import { makeCamelCase } from '../abi/names.js';
import { refuseAnswer, refuseArgument } from '../errors/codec-error.js';
import { describeContractError } from '../errors/contract-error.js';
import { FacError } from '../errors/fac-error.js';
import type { ReadOptions, Transport } from '../transport/transport.js';
import { type ContractRef, contractIdOf } from './contract-ref.js';

/** What reading a contract needs. */
export interface ReadPort {
  readonly transport: Pick<Transport, 'callRead'>;
  /** Who asks. */
  readonly sender: string;
}

/** Arguments of a function that takes none. */
export type NoArgs = Readonly<Record<string, never>>;

type ReadMethod<F> = F extends { readonly args: readonly [] }
  ? (args?: NoArgs, options?: ReadOptions) => Promise<OutputOf<F>>
  : (args: ArgsOf<F>, options?: ReadOptions) => Promise<OutputOf<F>>;

/** Each read-only function of a contract as a method. A refusal is thrown as `REJECTED_BY_CONTRACT`. */
export type ReadMethods<Name extends FacContractName> = {
  readonly [F in ReadFunction<AbiOf<Name>> as CamelCase<F['name']>]: ReadMethod<F>;
};

/** Makes the read methods of a contract out of its ABI. */
export const makeReadMethods = <Name extends FacContractName>(
  contract: ContractRef<Name>,
  port: ReadPort,
): ReadMethods<Name> => {
  const methods = contract.abi.functions
    .filter(({ access }) => access === 'read_only')
    .map((fn) => {
      const source = `${contract.name}.${fn.name}`;
      const read = async (args: unknown = {}, options?: ReadOptions): Promise<unknown> => {
        const functionArgs = Object.values(encodeFields(fn.args, args, refuseArgument(source)));
        const call = {
          contract: contractIdOf(contract),
          functionName: fn.name,
          functionArgs,
          sender: port.sender,
        };
        return decodeAnswer(fn.outputs.type, await port.transport.callRead(call, options), source);
      };
      return [makeCamelCase(fn.name), read];
    });
  // The ABI's type and its value are one constant, so its functions are the methods the type promises.
  return Object.fromEntries(methods) as ReadMethods<Name>;
};

/** Decodes what a function answered; `(err uN)` is thrown by its name. */
export const decodeAnswer = (type: AbiType, value: ClarityValue, source: string, txid?: string): unknown => {
  if (typeof type === 'string' || !('response' in type))
    return decodeValue(type, value, refuseAnswer(source));
  if (value.type === ClarityType.ResponseErr && value.value.type === ClarityType.UInt) {
    const context = describeContractError(BigInt(value.value.value), source);
    throw new FacError('REJECTED_BY_CONTRACT', txid === undefined ? context : { ...context, txid });
  }
  if (value.type !== ClarityType.ResponseOk) {
    return refuseAnswer(source)({ kind: 'kind', path: '', came: value.type, expected: 'a response' });
  }
  return decodeValue(type.response.ok, value.value, refuseAnswer(source));
};
