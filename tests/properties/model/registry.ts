import type { Model } from './model.js';
import { tell } from './model.js';
import type { Coordinator } from './records.js';
import { ACTIVITY, CLASS, ROLE } from './records.js';
import { guard, REGISTRY } from './refusals.js';

const BOUNDS = new Map([
  ['default-capacity', { least: 1n, most: 120n }],
  ['bonded-capacity', { least: 1n, most: 120n }],
  ['open-enqueue', { least: 0n, most: 1n }],
  ['open-execute', { least: 0n, most: 1n }],
  ['trigger-share-bps', { least: 0n, most: 2_000n }],
  ['bond-min', { least: 1_000_000n, most: 10n ** 15n }],
  ['bond-cut-bps', { least: 0n, most: 5_000n }],
  ['reclaimer-bps', { least: 0n, most: 1_000n }],
  ['unbonding-blocks', { least: 40_000n, most: 1_000_000n }],
  ['strike-limit', { least: 0n, most: 100n }],
  ['stand-down-blocks', { least: 12n, most: 100_000n }],
]);
const ALL_ROLES = 63n;
const ALL_ACTIVITIES = 255n;
const MAX_CAPACITY = 120n;

export function param(model: Model, name: string): bigint {
  const value = model.params.get(name);
  if (value === undefined) throw new Error(`the model has no parameter ${name}`);
  return value;
}

export function isRunning(model: Model, activity: bigint): boolean {
  return (model.pauses & activity) === 0n;
}

export function hasRole(model: Model, who: string, role: bigint): boolean {
  const record = model.coordinators.get(who);
  return record?.active === true && (record.role & role) > 0n;
}

export function mayEnqueue(model: Model, who: string): boolean {
  return hasRole(model, who, ROLE.PRODUCER) || param(model, 'open-enqueue') === 1n;
}

export function mayExecute(model: Model, who: string): boolean {
  return hasRole(model, who, ROLE.WORKER) || param(model, 'open-execute') === 1n;
}

export function mayAdminister(model: Model, who: string): boolean {
  return hasRole(model, who, ROLE.ADMIN) || who === model.owner;
}

/** Nobody needs a permission for the role 0. */
export function assertMay(model: Model, who: string, role: bigint, activity: bigint): void {
  guard(isRunning(model, activity), REGISTRY.PAUSED);
  guard(
    role === 0n ||
      hasRole(model, who, role) ||
      (role === ROLE.PRODUCER && mayEnqueue(model, who)) ||
      (role === ROLE.WORKER && activity === ACTIVITY.EXECUTE && mayExecute(model, who)) ||
      ((role & ROLE.ADMIN) > 0n && who === model.owner),
    REGISTRY.ROLE,
  );
}

function assertMayGrant(model: Model, by: string, role: bigint): void {
  assertMay(model, by, ROLE.ADMIN, ACTIVITY.NONE);
  guard(role > 0n && role <= ALL_ROLES, REGISTRY.BAD_VALUE);
  guard((role & ROLE.ADMIN) === 0n || by === model.owner, REGISTRY.NOT_OWNER);
}

/** Whoever has the admin bit answers to the owner alone. */
export function governed(model: Model, by: string, coordinator: string): Coordinator {
  const before = model.coordinators.get(coordinator);
  guard(before !== undefined, REGISTRY.UNKNOWN);
  assertMayGrant(model, by, before.role);
  return before;
}

export function registerCoordinator(model: Model, by: string, coordinator: string, role: bigint): boolean {
  assertMayGrant(model, by, role);
  assertNew(model, coordinator);
  return register(model, coordinator, role, CLASS.GRANTED, param(model, 'default-capacity'));
}

export function assertNew(model: Model, coordinator: string): void {
  guard(!model.coordinators.has(coordinator), REGISTRY.EXISTS);
  guard(!model.bonds.has(coordinator), REGISTRY.UNBONDING);
}

export function register(model: Model, who: string, role: bigint, kind: bigint, capacity: bigint): boolean {
  const index = BigInt(model.coordinators.size);
  return keepRecord(model, 'coordinator-registered', who, {
    role,
    capacity,
    active: true,
    index,
    class: kind,
  });
}

export function keepRecord(model: Model, topic: string, coordinator: string, record: Coordinator): boolean {
  model.coordinators.set(coordinator, record);
  tell(model, topic, { coordinator, ...record });
  return true;
}

export function updatePermissions(model: Model, by: string, coordinator: string, role: bigint): boolean {
  const before = governed(model, by, coordinator);
  assertMayGrant(model, by, role);
  return keepRecord(model, 'coordinator-updated', coordinator, { ...before, role });
}

export function suspend(model: Model, by: string, coordinator: string): boolean {
  const before = governed(model, by, coordinator);
  return keepRecord(model, 'coordinator-suspended', coordinator, { ...before, active: false });
}

export function reinstate(model: Model, by: string, coordinator: string): boolean {
  const before = governed(model, by, coordinator);
  return keepRecord(model, 'coordinator-reinstated', coordinator, { ...before, active: true });
}

export function setCapacity(model: Model, by: string, coordinator: string, capacity: bigint): boolean {
  const before = model.coordinators.get(coordinator);
  guard(before !== undefined, REGISTRY.UNKNOWN);
  assertMay(model, by, ROLE.ADMIN, ACTIVITY.NONE);
  guard(capacity <= MAX_CAPACITY, REGISTRY.BAD_VALUE);
  return keepRecord(model, 'capacity-set', coordinator, { ...before, capacity });
}

export function setParam(model: Model, by: string, name: string, value: bigint): boolean {
  const bounds = BOUNDS.get(name);
  guard(bounds !== undefined, REGISTRY.BAD_VALUE);
  assertMay(model, by, ROLE.ADMIN, ACTIVITY.NONE);
  guard(value >= bounds.least && value <= bounds.most, REGISTRY.PARAM_BOUNDS);
  model.params.set(name, value);
  tell(model, 'param-set', { name, value });
  return true;
}

export function pause(model: Model, by: string, activities: bigint): boolean {
  assertMay(model, by, ROLE.GUARDIAN | ROLE.ADMIN, ACTIVITY.NONE);
  guard(activities > 0n && activities <= ALL_ACTIVITIES, REGISTRY.BAD_VALUE);
  model.pauses |= activities;
  tell(model, 'activities-paused', { activities, pauses: model.pauses });
  return true;
}

/** No lease claimed before claims go on costs a bond. */
export function unpause(model: Model, by: string, activities: bigint): boolean {
  assertMay(model, by, ROLE.ADMIN, ACTIVITY.NONE);
  guard(activities > 0n && activities <= ALL_ACTIVITIES, REGISTRY.BAD_VALUE);
  if ((activities & model.pauses & ACTIVITY.CLAIM) > 0n) model.claimResumed = model.now[0];
  model.pauses &= ~activities;
  tell(model, 'activities-resumed', { activities, pauses: model.pauses });
  return true;
}

export function proposeOwner(model: Model, by: string, next: string): boolean {
  guard(by === model.owner, REGISTRY.NOT_OWNER);
  model.nextOwner = next;
  tell(model, 'owner-proposed', { owner: by, next });
  return true;
}

export function acceptOwner(model: Model, by: string): boolean {
  guard(by === model.nextOwner, REGISTRY.NOT_OWNER);
  model.owner = by;
  model.nextOwner = null;
  tell(model, 'owner-accepted', { owner: by });
  return true;
}
