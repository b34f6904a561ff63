import { cutBond, payFromBonds } from './bonds.js';
import type { Model } from './model.js';
import { tell } from './model.js';
import type { Worker } from './records.js';
import { ACTIVITY, CLASS, ROLE } from './records.js';
import { guard, REGISTRY } from './refusals.js';
import { hasRole, isRunning, param } from './registry.js';

const BPS = 10_000n;
/** No lease ends sooner than so many blocks after it began. */
const MIN_LEASE = 12n;

export interface Loss {
  readonly worker: string;
  readonly slot: bigint;
  readonly claimed: bigint;
  readonly reward: bigint;
}

export function workerOf(model: Model, who: string): Worker {
  return (
    model.workers.get(who) ?? {
      slots: [],
      oldest: 0n,
      succeeded: 0n,
      failed: 0n,
      abandoned: 0n,
      earned: 0n,
      streak: 0n,
      stoodUntil: 0n,
    }
  );
}

export function leasesHeld(worker: Worker): number {
  return worker.slots.filter((id) => id !== null && id !== undefined).length;
}

export function isBonded(model: Model, who: string): boolean {
  return model.coordinators.get(who)?.class === CLASS.BONDED;
}

/** The lowest free slots of a worker, `count` of them; refuses when it may not have them. */
export function assertMayLease(model: Model, who: string, count: number): readonly number[] {
  guard(isRunning(model, ACTIVITY.CLAIM), REGISTRY.PAUSED);
  guard(hasRole(model, who, ROLE.WORKER), REGISTRY.ROLE);
  const { slots, stoodUntil } = workerOf(model, who);
  const free: number[] = [];
  for (let slot = 0; free.length < count; slot++) if ((slots[slot] ?? null) === null) free.push(slot);
  const capacity = Number(model.coordinators.get(who)?.capacity ?? 0n);
  guard(
    free.every((slot) => slot < capacity) && slots.every((id, slot) => id === null || slot < capacity),
    REGISTRY.CAPACITY,
  );
  guard(stoodUntil <= model.now[0], REGISTRY.STOOD_DOWN);
  if (isBonded(model, who)) {
    const bond = model.bonds.get(who);
    guard(bond !== undefined, REGISTRY.BOND);
    guard(bond.leavingAt === 0n, REGISTRY.UNBONDING);
    guard(bond.amount >= param(model, 'bond-min'), REGISTRY.BOND);
  }
  return free;
}

export function openLeases(
  model: Model,
  who: string,
  slots: readonly number[],
  ids: readonly bigint[],
): void {
  const worker = touch(model, who);
  const oldest = model.now[0] + MIN_LEASE;
  worker.oldest = leasesHeld(worker) > 0 && worker.oldest < oldest ? worker.oldest : oldest;
  for (const [i, slot] of slots.entries()) {
    while (worker.slots.length < slot) worker.slots.push(null);
    worker.slots[slot] = ids[i] ?? null;
  }
}

export function closeLeases(
  model: Model,
  who: string,
  slots: readonly bigint[],
  { good = 0n, bad = 0n, earned = 0n }: { good?: bigint; bad?: bigint; earned?: bigint },
): void {
  const worker = touch(model, who);
  for (const slot of slots) worker.slots[Number(slot)] = null;
  worker.succeeded += good;
  worker.failed += bad;
  worker.earned += earned;
  worker.streak = good > 0n ? 0n : worker.streak + bad;
  if (bad > 0n) standDown(model, who, worker);
}

/** Frees the slots of lost leases and cuts the bonds behind them; a share of that is the reclaimer's. */
export function loseLeases(model: Model, losses: readonly Loss[], reclaimer: string): void {
  const bps = isRunning(model, ACTIVITY.CLAIM) ? param(model, 'bond-cut-bps') : 0n;
  let paid = 0n;
  for (const { worker: who, slot, claimed, reward } of losses) {
    const worker = touch(model, who);
    worker.slots[Number(slot)] = null;
    worker.abandoned += 1n;
    worker.streak += 1n;
    standDown(model, who, worker);
    const cut = claimed < model.claimResumed ? 0n : cutBond(model, who, bps, reward);
    const share = (cut * param(model, 'reclaimer-bps')) / BPS;
    model.sinkCredit += cut - share;
    paid += share;
  }
  payFromBonds(model, reclaimer, paid);
}

function touch(model: Model, who: string): Worker {
  const worker = workerOf(model, who);
  model.workers.set(who, worker);
  model.effects.workers.add(who);
  return worker;
}

/** A worker that failed too often in a row gets no lease for a while, and begins again with no streak. */
function standDown(model: Model, who: string, worker: Worker): void {
  const limit = param(model, 'strike-limit');
  if (limit === 0n || worker.streak < limit) return;
  worker.stoodUntil = model.now[0] + param(model, 'stand-down-blocks');
  worker.streak = 0n;
  tell(model, 'worker-stood-down', { worker: who, stoodUntil: worker.stoodUntil });
}

/** What the contract stores of a worker. */
export function workerRecord(worker: Worker) {
  const { slots, ...counters } = worker;
  const mask = slots.reduce<bigint>(
    (bits, id, slot) => (id === null ? bits : bits | (1n << BigInt(slot))),
    0n,
  );
  return { mask, ...counters };
}
