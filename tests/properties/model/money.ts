import type { Model } from './model.js';
import { tell } from './model.js';
import type { State } from './records.js';
import { guard, QUEUE } from './refusals.js';

/** What the vault owes, in uSTX: the escrow of tasks, what is prepaid and what is credited. */
export function liabilitiesUstx(model: Model, states: Iterable<State>): bigint {
  let sum = sumOf(model.prepaid) + sumOf(model.credits);
  for (const state of states) sum += state.escrow;
  return sum;
}

/** What the registry owes, in uSTX: bonds, and what bonds have lost. */
export function bondsUstx(model: Model): bigint {
  let sum = model.sinkCredit;
  for (const bond of model.bonds.values()) sum += bond.amount;
  return sum;
}

function sumOf(amounts: ReadonlyMap<unknown, bigint>): bigint {
  let sum = 0n;
  for (const amount of amounts.values()) sum += amount;
  return sum;
}

export function balanceOf(model: Model, who: string): bigint {
  return model.balances.get(who) ?? 0n;
}

/** A contract would have to pay as itself, which none does here. */
export function assertFunds(model: Model, who: string, amountUstx: bigint): void {
  guard(amountUstx === 0n || !isContract(who), QUEUE.PAYER);
  guard(amountUstx <= balanceOf(model, who), QUEUE.INSUFFICIENT);
}

const isContract = (principal: string): boolean => principal.includes('.');

/** Into the vault. */
export function collect(model: Model, from: string, amountUstx: bigint): void {
  model.balances.set(from, balanceOf(model, from) - amountUstx);
  model.vaultUstx += amountUstx;
}

/** Out of the vault. */
export function pay(model: Model, to: string, amountUstx: bigint): void {
  model.balances.set(to, balanceOf(model, to) + amountUstx);
  model.vaultUstx -= amountUstx;
}

export function credit(model: Model, to: string, amountUstx: bigint): void {
  if (amountUstx > 0n) model.credits.set(to, (model.credits.get(to) ?? 0n) + amountUstx);
}

export function withdrawCredits(model: Model, by: string): bigint {
  const amount = model.credits.get(by) ?? 0n;
  guard(amount > 0n, QUEUE.NO_CREDIT);
  model.credits.delete(by);
  pay(model, by, amount);
  tell(model, 'credits-withdrawn', { owner: by, amount });
  return amount;
}
