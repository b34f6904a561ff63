import { resolve } from './factory.js';
import type { Model } from './model.js';
import { tell } from './model.js';
import { assertFunds, collect, pay } from './money.js';
import { guard } from './refusals.js';

const MAX_RUNS = 10_000n;
const MAX_REWARD = 10n ** 15n;

/** What a series or subscription has made, again and again. */
export interface Recurring {
  readonly owner: string;
  readonly template: bigint;
  /** uSTX a step. */
  readonly reward: bigint;
}

export function assertRuns(left: bigint, runs: bigint, code: bigint): void {
  guard(runs >= 1n && runs <= MAX_RUNS && left + runs <= MAX_RUNS, code);
}

/** The price of runs as their template is now, which `payer` must have. */
export function priceOfRuns(
  model: Model,
  payer: string,
  { owner, template, reward }: Recurring,
  runs: bigint,
  badValue: bigint,
): bigint {
  const { config } = resolve(model, template, owner);
  guard(reward >= config.minReward && reward <= MAX_REWARD, badValue);
  const price = runs * reward * config.maxSteps;
  assertFunds(model, payer, price);
  return price;
}

/** Returns all that is prepaid. */
export function prepay(model: Model, payer: string, account: bigint, amountUstx: bigint): bigint {
  const prepaid = (model.prepaid.get(account) ?? 0n) + amountUstx;
  collect(model, payer, amountUstx);
  model.prepaid.set(account, prepaid);
  tell(model, 'series-funded', { series: account, payer, amount: amountUstx, prepaid });
  return prepaid;
}

/** Pays back what is left. */
export function drain(model: Model, account: bigint, to: string): bigint {
  const amount = model.prepaid.get(account) ?? 0n;
  model.prepaid.set(account, 0n);
  pay(model, to, amount);
  tell(model, 'series-drained', { series: account, to, amount });
  return amount;
}
