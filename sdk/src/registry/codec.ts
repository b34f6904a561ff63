import { ACTIVITY_BITS, type Activity, encodeActivities } from '../base/activities.js';
import { WORKER_CLASSES } from '../base/queue-kind.js';
import { decodeRoles, encodeRoles, ROLE_BITS, type Role } from '../base/roles.js';
import { decodeName, encodeName } from '../errors/coded-names.js';
import { makeStacksHeight, makeUstx } from '../errors/make-units.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { Bond, BusyWorker, Coordinator, WorkerRecord } from './types.js';

type Reads = ReadMethods<'coordinator-registry'>;
type RawWorker = Awaited<ReturnType<Reads['getWorker']>>;
type RawCoordinator = NonNullable<Awaited<ReturnType<Reads['getCoordinatorDetails']>>>;
type RawBond = NonNullable<Awaited<ReturnType<Reads['getBond']>>>;
type RawBusy = Awaited<ReturnType<Reads['getBusy']>>['busy'][number];

// Object.keys loses the key type; the records are exact.
const ROLES = Object.keys(ROLE_BITS) as Role[];
const ACTIVITIES = Object.keys(ACTIVITY_BITS) as Activity[];

/** The mask of some roles. Throws `INVALID_ARGUMENT` for one that is none. */
export const encodeRoleMask = (functionName: string, roles: readonly Role[]): bigint => {
  for (const role of roles) encodeName(ROLES, role, functionName, 'roles');
  return encodeRoles(roles);
};

/** The mask of some activities. Throws `INVALID_ARGUMENT` for one that is none. */
export const encodeActivityMask = (functionName: string, activities: readonly Activity[]): bigint => {
  for (const activity of activities) encodeName(ACTIVITIES, activity, functionName, 'activities');
  return encodeActivities(activities);
};

export const decodeWorker = ({ earned, oldest, stoodUntil, ...rest }: RawWorker): WorkerRecord => ({
  ...rest,
  stoodUntil: stoodUntil === 0n ? null : makeStacksHeight(stoodUntil),
  oldest: makeStacksHeight(oldest),
  earnedUstx: makeUstx(earned),
});

export const decodeCoordinator = (raw: RawCoordinator): Coordinator => {
  const { role, class: code, capacity, active, index, ...worker } = raw;
  return {
    ...decodeWorker(worker),
    roles: decodeRoles(role),
    capacity,
    active,
    index,
    class: decodeName(WORKER_CLASSES, code, 'coordinator-registry', 'class'),
  };
};

export const decodeBond = ({ amount, leavingAt }: RawBond): Bond => ({
  amountUstx: makeUstx(amount),
  leavingAt: leavingAt === 0n ? null : makeStacksHeight(leavingAt),
});

export const decodeBusy = ({ oldest, ...rest }: RawBusy): BusyWorker => ({
  ...rest,
  oldest: makeStacksHeight(oldest),
});
