/** What becomes of a slot that nobody triggered before the next one came. */
export type MissedRuns = 'skip' | 'catchUp' | 'coalesce';

/** Every policy; the contract's code is the place in this list, counted from 0. */
export const MISSED_RUNS: readonly MissedRuns[] = ['skip', 'catchUp', 'coalesce'];

/** What a series is doing. One that stood down may be resumed, the last two are for ever. */
export type SeriesStatus = 'running' | 'stoodDown' | 'cancelled' | 'ended';

/** Every status; the contract's code is the place in this list, counted from 1. */
export const SERIES_STATUSES: readonly SeriesStatus[] = ['running', 'stoodDown', 'cancelled', 'ended'];
