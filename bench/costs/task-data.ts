import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import { templateOf } from './register.js';

const PAYLOAD = '00'.repeat(64);
const RESULT = '00'.repeat(64);
const KEY_DIGITS = 64;

/** What a task is made like, where it matters to a case. */
export interface Spot {
  readonly queue?: number | undefined;
  /** Instead of the queue's own. */
  readonly template?: bigint | undefined;
  readonly priority?: number | undefined;
  readonly hold?: boolean | undefined;
  readonly parents?: readonly bigint[] | undefined;
  readonly key?: bigint | undefined;
  readonly deadline?: bigint | undefined;
  /** uSTX, where the price begins that rises to 1,000. */
  readonly rewardMin?: number | undefined;
  /** Hex. */
  readonly payload?: string | undefined;
}

export const templateFor = ({ queue = 1, template = templateOf(queue) }: Spot): ClarityValue =>
  Cl.uint(template);

export const payloadOf = ({ payload = PAYLOAD }: Spot): ClarityValue => Cl.bufferFromHex(payload);

export function taskData(spot: Spot): Record<string, ClarityValue> {
  const { priority = 15, hold = false, parents = [], key, deadline, rewardMin } = spot;
  return {
    priority: Cl.some(Cl.uint(priority)),
    reward: Cl.uint(1_000),
    'reward-min': rewardMin === undefined ? Cl.none() : Cl.some(Cl.uint(rewardMin)),
    deadline: deadline === undefined ? Cl.none() : Cl.some(Cl.uint(deadline)),
    hold: Cl.bool(hold),
    tag: Cl.none(),
    key: key === undefined ? Cl.none() : Cl.some(keyOf(key)),
    parents: Cl.list(parents.map((id) => Cl.uint(id))),
    'after-items': Cl.list([]),
    lax: Cl.bool(false),
    payload: payloadOf(spot),
  };
}

/** An item of complete-tasks, of a first attempt. */
export const completion = (id: bigint): ClarityValue =>
  Cl.tuple({ id: Cl.uint(id), attempt: Cl.uint(1), result: Cl.bufferFromHex(RESULT) });

export const idList = (ids: readonly bigint[]): ClarityValue => Cl.list(ids.map((id) => Cl.uint(id)));

export function uintOf(value: ClarityValue | undefined): bigint {
  if (value?.type !== 'uint') throw new Error(`expected a uint, got ${value?.type}`);
  return BigInt(value.value);
}

const keyOf = (key: bigint) => Cl.bufferFromHex(key.toString(16).padStart(KEY_DIGITS, '0'));
