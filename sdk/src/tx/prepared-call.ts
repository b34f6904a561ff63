import type { ClarityValue, PostCondition } from '@stacks/transactions';
import type { AbiFunction } from '../abi/abi-type.js';
import type { AbiOf, FacContractName } from '../abi/contracts.js';
import { encodeFields } from '../abi/encode.js';
import type { ArgsOf, OutputOf, PublicFunction } from '../abi/infer.js';
import { refuseArgument } from '../errors/codec-error.js';
import type { ContractRef } from './contract-ref.js';
import type { FundsRule } from './post-conditions.js';

declare const answer: unique symbol;

/**
 * A contract call with everything but a signature. Spread it into `makeContractCall` or
 * `makeUnsignedContractCall`, or into the wallet's `stx_callContract` as
 * `{ ...call, contract: `${call.contractAddress}.${call.contractName}` }`.
 */
export interface PreparedCall<Ok = unknown> {
  readonly contractAddress: string;
  readonly contractName: string;
  readonly functionName: string;
  readonly functionArgs: ClarityValue[];
  readonly postConditions: PostCondition[];
  readonly postConditionMode: 'deny' | 'originator';
  /** Never there: it carries the type of what the call answers. */
  readonly [answer]?: Ok;
}

/** Names a public function of one of our contracts. */
type PublicName<Name extends FacContractName> = PublicFunction<AbiOf<Name>>['name'];

type Named<Name extends FacContractName, Fn extends string> = Extract<
  AbiOf<Name>['functions'][number],
  { readonly name: Fn }
>;

/** What a public function takes, with camelCase keys. */
export type CallArgs<Name extends FacContractName, Fn extends string> = ArgsOf<Named<Name, Fn>>;

/** What a public function answers when it agrees. */
export type CallOk<Name extends FacContractName, Fn extends string> = OutputOf<Named<Name, Fn>>;

/** Encodes and checks a call's arguments, then asks what it may move. Throws what is wrong with them. */
export const prepareCall = <Name extends FacContractName, Fn extends PublicName<Name>>(
  { deployer, name, abi }: ContractRef<Name>,
  functionName: Fn,
  args: CallArgs<Name, Fn>,
  makeFunds: () => FundsRule,
): PreparedCall<CallOk<Name, Fn>> => {
  const { args: fields } = findFunction(abi, functionName);
  const encoded = encodeFields(fields, args, refuseArgument(`${name}.${functionName}`));
  const { postConditions, postConditionMode } = makeFunds();
  return {
    contractAddress: deployer,
    contractName: name,
    functionName,
    functionArgs: Object.values(encoded),
    postConditions: [...postConditions],
    postConditionMode,
  };
};

/** The ABI's entry of a function its type says is there. */
export const findFunction = (
  abi: { readonly functions: readonly AbiFunction[] },
  name: string,
): AbiFunction => {
  const found = abi.functions.find((candidate) => candidate.name === name);
  if (found === undefined) throw new TypeError(`the ABI has no function ${name}`);
  return found;
};
