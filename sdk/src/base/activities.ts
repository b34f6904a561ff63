/** What an admin can pause. Withdrawals, refunds, cancels and all that ends a lease are never paused. */
export type Activity =
  | 'enqueue'
  | 'claim'
  | 'execute'
  | 'trigger'
  | 'schedule'
  | 'publish'
  | 'manage'
  | 'join';

/** The bit of each activity in the registry's pause mask. */
export const ACTIVITY_BITS: Readonly<Record<Activity, bigint>> = {
  enqueue: 1n,
  claim: 2n,
  execute: 4n,
  trigger: 8n,
  schedule: 16n,
  publish: 32n,
  manage: 64n,
  join: 128n,
};

/** The mask of some activities. */
export const encodeActivities = (activities: readonly Activity[]): bigint =>
  activities.reduce((mask, activity) => mask | ACTIVITY_BITS[activity], 0n);

/** The activities of a mask. */
export const decodeActivities = (mask: bigint): readonly Activity[] =>
  // Object.keys loses the key type; the record above is exact.
  (Object.keys(ACTIVITY_BITS) as Activity[]).filter((activity) => (mask & ACTIVITY_BITS[activity]) !== 0n);
