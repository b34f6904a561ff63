import { CONTRACT_ERRORS } from './contract-errors.generated.js';
import type { ContractError } from './error-contexts.js';

/** Names a contract's `(err uN)`; `functionName` is the one that was called, as `contract.function`. */
export const describeContractError = (code: bigint, functionName: string): ContractError => {
  const known = CONTRACT_ERRORS.find((row) => row.code === code);
  const [called = ''] = functionName.split('.');
  return known === undefined
    ? {
        code,
        name: 'UNKNOWN',
        meaning: 'this SDK does not know the number',
        contract: called,
        function: functionName,
      }
    : { ...known, function: functionName };
};
