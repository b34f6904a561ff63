import {
  type ClarityAbi,
  type ContractCallPayload,
  PayloadType,
  validateContractCall,
} from '@stacks/transactions';
import { isTestnetPrincipal } from '../worker/principal.js';
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
  const isPublic = abi.functions.some(
    ({ name, access }) => name === action.functionName && access === 'public',
  );
  return isPublic ? findArgumentFault(wire.payload, abi) : makeRejection('NoSuchPublicFunction');
}

function findArgumentFault(payload: ContractCallPayload, abi: ClarityAbi): Rejection | null {
  try {
    validateContractCall(payload, abi);
    return null;
  } catch (error) {
    return makeRejection('BadFunctionArgument', { message: String(error) });
  }
}
