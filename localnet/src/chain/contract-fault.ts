import {
  type ClarityAbiFunction,
  type ClarityValue,
  getCVTypeString,
  getTypeString,
  PayloadType,
} from '@stacks/transactions';
import { isTestnetPrincipal } from '../worker/principal.js';
import { fitsType } from './argument-type.js';
import type { Contracts } from './contracts.js';
import { makeRejection, type Rejection } from './rejection.js';
import type { SignedTransaction } from './transaction.js';

/** Why the contract that is called is not there to be called so, or the one that is deployed is there already. */
export async function findContractFault(
  contracts: Contracts,
  { action, wire, sender }: SignedTransaction,
): Promise<Rejection | null> {
  if (action.kind === 'deploy') {
    const contractId = `${sender}.${action.contractName}`;
    if ((await contracts.abi(contractId)) === null) return null;
    return makeRejection('ContractAlreadyExists', { contract_identifier: contractId });
  }
  if (action.kind !== 'call' || wire.payload.payloadType !== PayloadType.ContractCall) return null;
  if (!isTestnetPrincipal(action.contractId)) return makeRejection('BadAddressVersionByte');
  const abi = await contracts.abi(action.contractId);
  if (abi === null) return makeRejection('NoSuchContract');
  const called = abi.functions.find(({ name }) => name === action.functionName);
  if (called?.access !== 'public') return makeRejection('NoSuchPublicFunction');
  return findArgumentFault(called.args, wire.payload.functionArgs);
}

function findArgumentFault(
  parameters: ClarityAbiFunction['args'],
  values: readonly ClarityValue[],
): Rejection | null {
  const refuse = (message: string) => makeRejection('BadFunctionArgument', { message });
  if (parameters.length !== values.length) {
    return refuse(`expecting ${parameters.length} arguments, got ${values.length}`);
  }
  for (const [index, { name, type }] of parameters.entries()) {
    const value = values[index];
    if (value === undefined || fitsType(value, type)) continue;
    return refuse(`expecting '${name}' of type '${getTypeString(type)}', found '${getCVTypeString(value)}'`);
  }
  return null;
}
