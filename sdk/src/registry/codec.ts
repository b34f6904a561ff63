import { WORKER_CLASSES } from '../base/queue-kind.js';
import { decodeRoles, encodeRoles, ROLE_BITS, type Role } from '../base/roles.js';
import { decodeName, encodeName } from '../errors/coded-names.js';
import { makeStacksHeight, makeUstx } from '../errors/make-units.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { BusyWorker, Coordinator, WorkerRecord } from './types.js';

type Reads = ReadMethods<'coordinator-registry'>;
type RawWorker = Awaited<ReturnType<Reads['getWorker']>>;
type RawCoordinator = NonNullable<Awaited<ReturnType<Reads['getCoordinatorDetails']>>>;
type RawBusy = Awaited<ReturnType<Reads['getBusy']>>['busy'][number];

// Object.keys loses the key type; the record is exact.
const ROLES = Object.keys(ROLE_BITS) as Role[];

/** The mask of some roles. Throws `INVALID_ARGUMENT` for one that is none. */
export const encodeRoleMask = (functionName: string, roles: readonly Role[]): bigint => {
  for (const role of roles) encodeName(ROLES, role, functionName, 'roles');
  return encodeRoles(roles);
};

export const decodeWorker = ({ earned, oldest, ...rest }: RawWorker): WorkerRecord => ({
  ...rest,
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

export const decodeBusy = ({ oldest, ...rest }: RawBusy): BusyWorker => ({
  ...rest,
  oldest: makeStacksHeight(oldest),
});
