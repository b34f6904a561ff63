import {
  type BurnHeight,
  isTaskId,
  isUnit,
  type StacksHeight,
  type TaskId,
  type UnixSeconds,
  type Ustx,
} from '../base/units.js';
import { FacError } from './fac-error.js';

/** Checks a Stacks block height; throws `OUT_OF_RANGE_UNIT`. */
export const makeStacksHeight = (value: bigint): StacksHeight => checkUnit(value, 'a Stacks height from 0n');

/** Checks a Bitcoin block height; throws `OUT_OF_RANGE_UNIT`. */
export const makeBurnHeight = (value: bigint): BurnHeight => checkUnit(value, 'a Bitcoin height from 0n');

/** Checks a time in Unix seconds; throws `OUT_OF_RANGE_UNIT`. */
export const makeUnixSeconds = (value: bigint): UnixSeconds => checkUnit(value, 'Unix seconds from 0n');

/** Checks an amount in microSTX; throws `OUT_OF_RANGE_UNIT`. */
export const makeUstx = (value: bigint): Ustx => checkUnit(value, 'an amount in microSTX from 0n');

/** Checks a task's number; throws `OUT_OF_RANGE_UNIT`. */
export const makeTaskId = (value: bigint): TaskId => {
  if (isTaskId(value)) return value;
  throw new FacError('OUT_OF_RANGE_UNIT', { unit: 'a task id from 1n', came: describe(value) });
};

const checkUnit = (value: bigint, unit: string): StacksHeight & BurnHeight & UnixSeconds & Ustx => {
  if (isUnit(value)) return value;
  throw new FacError('OUT_OF_RANGE_UNIT', { unit, came: describe(value) });
};

const describe = (value: unknown): string =>
  typeof value === 'bigint' ? `${value}` : `a value of type ${typeof value}`;
