import type { ClarityValue } from '@stacks/transactions';
import type { Model } from '../model/model.js';

/** One call as the chain takes it and as the model does it. */
export interface Call {
  readonly contract: string;
  readonly name: string;
  readonly args: ClarityValue[];
  readonly by: string;
  /** Does it to the model; returns what the contract wraps in `ok`, throws `Refusal` for `err`. */
  readonly apply: (model: Model) => unknown;
  /** Tasks it names, checked also when it is refused. */
  readonly ids: readonly bigint[];
  /** Empty Stacks blocks to let pass first, so that it meets an instant exactly. */
  readonly waitBlocks?: number | undefined;
}

/** A call of one public function. */
export function makeCall(
  [contract, name]: readonly [string, string],
  by: string,
  args: ClarityValue[],
  apply: (model: Model) => unknown,
  ids: readonly bigint[] = [],
): Call {
  return { contract, name, by, args, apply, ids };
}
