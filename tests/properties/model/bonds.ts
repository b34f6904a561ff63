import type { Model } from './model.js';
import { tell } from './model.js';
import { balanceOf } from './money.js';
import type { Bond } from './records.js';
import { ACTIVITY, CLASS, ROLE } from './records.js';
import { guard, REGISTRY } from './refusals.js';
import { assertNew, governed, isRunning, keepRecord, param, register } from './registry.js';

const BPS = 10_000n;

export function joinAsWorker(model: Model, by: string, amountUstx: bigint): bigint {
  const before = model.bonds.get(by);
  guard(isRunning(model, ACTIVITY.JOIN), REGISTRY.PAUSED);
  guard((before?.leavingAt ?? 0n) === 0n, REGISTRY.UNBONDING);
  guard(amountUstx > 0n && amountUstx <= balanceOf(model, by), REGISTRY.TRANSFER);
  const bond = { amount: amountUstx + (before?.amount ?? 0n), leavingAt: 0n };
  guard(bond.amount >= param(model, 'bond-min'), REGISTRY.BOND);
  if (!before) assertNew(model, by);
  payFromBonds(model, by, -amountUstx);
  if (!before) register(model, by, ROLE.WORKER, CLASS.BONDED, param(model, 'bonded-capacity'));
  model.bonds.set(by, bond);
  tell(model, 'bond-added', { worker: by, ...bond });
  return bond.amount;
}

export function leave(model: Model, by: string): bigint {
  const before = model.bonds.get(by);
  guard(before !== undefined, REGISTRY.BOND);
  guard(before.leavingAt === 0n, REGISTRY.UNBONDING);
  return startUnbonding(model, by, before);
}

function startUnbonding(model: Model, worker: string, before: Bond): bigint {
  const bond = { ...before, leavingAt: model.now[0] + param(model, 'unbonding-blocks') };
  model.bonds.set(worker, bond);
  tell(model, 'bond-leaving', { worker, ...bond });
  return bond.leavingAt;
}

export function withdrawBond(model: Model, by: string): bigint {
  const bond = model.bonds.get(by);
  guard(bond !== undefined, REGISTRY.BOND);
  guard(bond.leavingAt > 0n && model.now[0] >= bond.leavingAt, REGISTRY.UNBONDING);
  if (model.coordinators.has(by)) {
    assertIdle(model, by);
    forget(model, by);
  }
  model.bonds.delete(by);
  payFromBonds(model, by, bond.amount);
  tell(model, 'bond-withdrawn', { worker: by, amount: bond.amount });
  return bond.amount;
}

export function withdrawSink(model: Model): bigint {
  const amount = model.sinkCredit;
  guard(amount > 0n, REGISTRY.TRANSFER);
  model.sinkCredit = 0n;
  payFromBonds(model, model.sink, amount);
  tell(model, 'sink-withdrawn', { sink: model.sink, amount });
  return amount;
}

/** A bond that stays begins to leave. */
export function removeCoordinator(model: Model, by: string, coordinator: string): boolean {
  governed(model, by, coordinator);
  assertIdle(model, coordinator);
  const bond = model.bonds.get(coordinator);
  if (bond?.leavingAt === 0n) startUnbonding(model, coordinator, bond);
  return forget(model, coordinator);
}

function assertIdle(model: Model, who: string): void {
  const slots = model.workers.get(who)?.slots ?? [];
  guard(
    slots.every((id) => (id ?? null) === null),
    REGISTRY.BUSY,
  );
}

/** The last coordinator takes the place of the one that goes. */
function forget(model: Model, coordinator: string): boolean {
  const order = [...model.coordinators];
  const record = model.coordinators.get(coordinator);
  const [last, moved] = order.at(-1) ?? [];
  if (!record || !last || !moved) throw new Error(`the model has no coordinator ${coordinator}`);
  tell(model, 'coordinator-removed', { coordinator, ...record });
  if (coordinator !== last) order[Number(record.index)] = [last, { ...moved, index: record.index }];
  order.pop();
  model.coordinators.clear();
  for (const [who, kept] of order) model.coordinators.set(who, kept);
  if (coordinator === last) return true;
  return keepRecord(model, 'coordinator-moved', last, { ...moved, index: record.index });
}

/** Takes a share of the worker's bond, if it has one, but never more than the task was worth; returns the uSTX. */
export function cutBond(model: Model, worker: string, bps: bigint, rewardUstx: bigint): bigint {
  const bond = model.bonds.get(worker);
  if (!bond) return 0n;
  const share = (bond.amount * bps) / BPS;
  const cut = share < rewardUstx ? share : rewardUstx;
  if (cut === 0n) return 0n;
  const next = { ...bond, amount: bond.amount - cut };
  model.bonds.set(worker, next);
  tell(model, 'bond-cut', { worker, cut, ...next });
  return cut;
}

export function payFromBonds(model: Model, to: string, amountUstx: bigint): void {
  model.balances.set(to, balanceOf(model, to) + amountUstx);
  model.registryUstx -= amountUstx;
}
