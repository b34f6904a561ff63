import { encodeValue } from '../abi/encode.js';
import { refuseArgument } from '../errors/codec-error.js';
import { type FundsRule, signerSends, signerSendsAtMost } from '../tx/post-conditions.js';
import type { EnqueueInput } from './types.js';

type Priced = { readonly rewardUstx?: bigint | undefined; readonly steps?: bigint | undefined };

/** What the signer pays for a task, a reward for each step. Throws what is wrong with them: a contract may see neither. */
export const costOfTask = (functionName: string, { rewardUstx = 0n, steps = 1n }: Priced): bigint => {
  const refuse = refuseArgument(functionName);
  encodeValue('uint128', rewardUstx, refuse, 'rewardUstx');
  encodeValue('uint128', steps, refuse, 'steps');
  return rewardUstx * steps;
};

/** A key may name a task there is, which costs nothing. */
export const fundsOfTask = (functionName: string, input: EnqueueInput): FundsRule => {
  const cost = costOfTask(functionName, input);
  return input.key === undefined ? signerSends(cost) : signerSendsAtMost(cost);
};
