/** What a task is doing. The last four are for ever. */
export type Status =
  | 'pending'
  | 'queued'
  | 'running'
  | 'retrying'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'expired';

/** The states a task never leaves. */
export type FinalStatus = 'succeeded' | 'failed' | 'cancelled' | 'expired';

/** Every status; the contract's code is the place in this list, counted from 1. */
export const STATUSES: readonly Status[] = [
  'pending',
  'queued',
  'running',
  'retrying',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
];

/** Whether a task with this status has ended. */
export const isFinalStatus = (status: Status): status is FinalStatus =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled' || status === 'expired';
