declare const unit: unique symbol;
type Unit<Name extends string> = bigint & { readonly [unit]: Name };

/** Height of a Stacks block. */
export type StacksHeight = Unit<'StacksHeight'>;
/** Height of a Bitcoin block. */
export type BurnHeight = Unit<'BurnHeight'>;
/** A chain's block time, in seconds since 1970. */
export type UnixSeconds = Unit<'UnixSeconds'>;
/** An amount in microSTX; 1 STX is 1,000,000. */
export type Ustx = Unit<'Ustx'>;
/** The number of a task; the first is 1. */
export type TaskId = Unit<'TaskId'>;

const UINT_MAX = 2n ** 128n - 1n;

/** Whether a value is an amount, a height or a time: a bigint in Clarity's `uint`. */
export const isUnit = (value: unknown): value is StacksHeight & BurnHeight & UnixSeconds & Ustx =>
  typeof value === 'bigint' && value >= 0n && value <= UINT_MAX;

/** Whether a value can be a task's number. */
export const isTaskId = (value: unknown): value is TaskId => isUnit(value) && value >= 1n;
