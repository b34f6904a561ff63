import {
  type Activity,
  type BurnHeight,
  decodeActivities,
  decodeLane,
  decodeOccupancy,
  decodeRoles,
  encodeActivities,
  encodeLane,
  encodeRoles,
  isTaskId,
  isUnit,
  makeBurnHeight,
  makeStacksHeight,
  makeTaskId,
  makeUnixSeconds,
  makeUstx,
  type Role,
  type StacksHeight,
} from '@fac/sdk';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';

describe.each([
  ['makeStacksHeight', makeStacksHeight],
  ['makeBurnHeight', makeBurnHeight],
  ['makeUnixSeconds', makeUnixSeconds],
  ['makeUstx', makeUstx],
])('%s', (_, make) => {
  it('takes what fits a uint', () => {
    expect([make(0n), make(2n ** 128n - 1n)]).toEqual([0n, 2n ** 128n - 1n]);
  });

  it.each([-1n, 2n ** 128n, 1 as never])('refuses %s', async (value) => {
    expect(await refusalOf(() => make(value))).toMatchObject({ code: 'OUT_OF_RANGE_UNIT' });
  });
});

describe('makeTaskId', () => {
  it('takes ids from 1 on', async () => {
    expect(makeTaskId(1n)).toBe(1n);
    expect(await refusalOf(() => makeTaskId(0n))).toMatchObject({
      context: { unit: 'a task id from 1n', came: '0' },
    });
  });

  it('goes with isTaskId and isUnit', () => {
    expect([isTaskId(1n), isTaskId(0n), isUnit(0n), isUnit(-1n), isUnit(1)]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });
});

describe('StacksHeight', () => {
  it('is a bigint, and never a BurnHeight', () => {
    expectTypeOf<StacksHeight>().toExtend<bigint>();
    expectTypeOf<StacksHeight>().not.toExtend<BurnHeight>();
    expectTypeOf<bigint>().not.toExtend<StacksHeight>();
  });
});

describe('decodeLane', () => {
  it('is the inverse of encodeLane', () => {
    expect(decodeLane(encodeLane({ queue: 3n, priority: 15n }))).toEqual({ queue: 3n, priority: 15n });
  });
});

describe('decodeOccupancy', () => {
  it('finds the lane of each bit', () => {
    const lanes = fc.uniqueArray(fc.nat({ max: 2047 })).map((all) => all.sort((a, b) => a - b));
    const property = fc.property(lanes, (all) => {
      const words = Array.from({ length: 16 }, () => 0n);
      for (const lane of all) {
        const index = Math.floor(lane / 128);
        words[index] = (words[index] ?? 0n) | (1n << BigInt(lane % 128));
      }
      expect(decodeOccupancy(words).map(encodeLane)).toEqual(all.map(BigInt));
    });
    fc.assert(property);
  });
});

describe('decodeActivities', () => {
  it('is the inverse of encodeActivities', () => {
    const first: Activity[] = ['enqueue', 'claim', 'execute', 'trigger'];
    const activities: Activity[] = [...first, 'schedule', 'publish', 'manage', 'join'];
    expect(encodeActivities(activities)).toBe(255n);
    expect(decodeActivities(255n)).toEqual(activities);
    expect(decodeActivities(encodeActivities(['claim', 'join']))).toEqual(['claim', 'join']);
  });
});

describe('decodeRoles', () => {
  it('is the inverse of encodeRoles', () => {
    const roles: Role[] = ['producer', 'worker', 'templateManager', 'publisher', 'guardian', 'admin'];
    expect(encodeRoles(roles)).toBe(63n);
    expect(decodeRoles(63n)).toEqual(roles);
    expect(decodeRoles(encodeRoles(['worker', 'admin']))).toEqual(['worker', 'admin']);
  });
});
