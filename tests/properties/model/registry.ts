import type { Model } from './model.js';
import type { Worker } from './records.js';
import { ROLE } from './records.js';
import { guard, REGISTRY } from './refusals.js';

const BOUNDS = new Map([
  ['default-capacity', { least: 1n, most: 120n }],
  ['open-enqueue', { least: 0n, most: 1n }],
]);

export function hasRole(model: Model, who: string, role: bigint): boolean {
  return ((model.coordinators.get(who)?.role ?? 0n) & role) > 0n;
}

export function mayEnqueue(model: Model, who: string): boolean {
  return hasRole(model, who, ROLE.PRODUCER) || model.params.get('open-enqueue') === 1n;
}

export function mayAdminister(model: Model, who: string): boolean {
  return hasRole(model, who, ROLE.ADMIN) || who === model.owner;
}

function assertMayGrant(model: Model, by: string, role: bigint): void {
  guard(mayAdminister(model, by), REGISTRY.ROLE);
  guard(role > 0n && role <= 63n, REGISTRY.BAD_VALUE);
  guard((role & ROLE.ADMIN) === 0n || by === model.owner, REGISTRY.NOT_OWNER);
}

export function registerCoordinator(model: Model, by: string, coordinator: string, role: bigint): boolean {
  assertMayGrant(model, by, role);
  guard(!model.coordinators.has(coordinator), REGISTRY.EXISTS);
  model.coordinators.set(coordinator, {
    role,
    capacity: model.params.get('default-capacity') ?? 0n,
    active: true,
    index: BigInt(model.coordinators.size),
    class: 0n,
  });
  return true;
}

export function updatePermissions(model: Model, by: string, coordinator: string, role: bigint): boolean {
  const before = model.coordinators.get(coordinator);
  guard(before !== undefined, REGISTRY.UNKNOWN);
  assertMayGrant(model, by, role);
  assertMayGrant(model, by, before.role);
  model.coordinators.set(coordinator, { ...before, role });
  return true;
}

export function setCapacity(model: Model, by: string, coordinator: string, capacity: bigint): boolean {
  const before = model.coordinators.get(coordinator);
  guard(before !== undefined, REGISTRY.UNKNOWN);
  guard(mayAdminister(model, by), REGISTRY.ROLE);
  guard(capacity <= 120n, REGISTRY.BAD_VALUE);
  model.coordinators.set(coordinator, { ...before, capacity });
  return true;
}

export function setParam(model: Model, by: string, name: string, value: bigint): boolean {
  const bounds = BOUNDS.get(name);
  guard(bounds !== undefined, REGISTRY.BAD_VALUE);
  guard(mayAdminister(model, by), REGISTRY.ROLE);
  guard(value >= bounds.least && value <= bounds.most, REGISTRY.PARAM_BOUNDS);
  model.params.set(name, value);
  return true;
}

export function proposeOwner(model: Model, by: string, next: string): boolean {
  guard(by === model.owner, REGISTRY.NOT_OWNER);
  model.nextOwner = next;
  return true;
}

export function acceptOwner(model: Model, by: string): boolean {
  guard(by === model.nextOwner, REGISTRY.NOT_OWNER);
  model.owner = by;
  model.nextOwner = null;
  return true;
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
    }
  );
}

export function leasesHeld(worker: Worker): number {
  return worker.slots.filter((id) => id !== null && id !== undefined).length;
}

/** The lowest free slots of a worker, `count` of them; refuses when one is at or above its capacity. */
export function freeSlots(model: Model, who: string, count: number): readonly number[] {
  guard(hasRole(model, who, ROLE.WORKER), REGISTRY.ROLE);
  const { slots } = workerOf(model, who);
  const free: number[] = [];
  for (let slot = 0; free.length < count; slot++) if ((slots[slot] ?? null) === null) free.push(slot);
  const capacity = Number(model.coordinators.get(who)?.capacity ?? 0n);
  guard(
    free.every((slot) => slot < capacity) && slots.every((id, slot) => id === null || slot < capacity),
    REGISTRY.CAPACITY,
  );
  return free;
}

/** `oldest` is a height before which none of these leases ends. */
export function openLeases(
  model: Model,
  who: string,
  slots: readonly number[],
  ids: readonly bigint[],
  oldest: bigint,
): void {
  const worker = workerOf(model, who);
  const isBusy = leasesHeld(worker) > 0;
  worker.oldest = isBusy && worker.oldest < oldest ? worker.oldest : oldest;
  for (const [i, slot] of slots.entries()) {
    while (worker.slots.length < slot) worker.slots.push(null);
    worker.slots[slot] = ids[i] ?? null;
  }
  model.workers.set(who, worker);
  model.effects.workers.add(who);
}

export function closeLease(
  model: Model,
  who: string,
  slot: bigint,
  how: 'succeeded' | 'failed' | 'abandoned',
  earnedUstx: bigint,
): void {
  const worker = workerOf(model, who);
  worker.slots[Number(slot)] = null;
  worker[how] += 1n;
  worker.earned += earnedUstx;
  worker.streak = how === 'succeeded' ? 0n : worker.streak + 1n;
  model.workers.set(who, worker);
  model.effects.workers.add(who);
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
