import { isFacError, type MinedTransaction, makeReceipt } from '@fac/sdk';

/** What a mined transaction of ours answered: its value, or the contract's refusal by name and meaning. */
export function explainMined(mined: MinedTransaction): string {
  const [contractAddress = '', contractName = ''] = (mined.contract ?? '').split('.');
  const { functionName = '' } = mined;
  const funds = { postConditions: [], postConditionMode: 'deny' } as const;
  try {
    const call = {
      contractAddress,
      contractName,
      functionName,
      functionArgs: [],
      ...funds,
      postConditions: [],
    };
    return showValue(makeReceipt(call, mined).value);
  } catch (error) {
    if (isFacError(error, 'REJECTED_BY_CONTRACT')) return `${error.context.name}: ${error.context.meaning}`;
    if (isFacError(error)) return error.message;
    return `${mined.status} ${mined.vmError ?? ''}`.trim();
  }
}

function showValue(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part)) ?? ''
  );
}
