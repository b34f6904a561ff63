import { CLOCKS } from '../base/clock.js';
import { decodeLane } from '../base/lane.js';
import { STATUSES } from '../base/status.js';
import { decodeName } from '../errors/coded-names.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import {
  makeBurnHeight,
  makeStacksHeight,
  makeTaskId,
  makeUnixSeconds,
  makeUstx,
} from '../errors/make-units.js';
import { decodeBusy } from '../registry/codec.js';
import type { CallArgs } from '../tx/prepared-call.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { EnqueueInput, NextWork, Task, TaskState } from './types.js';

type Reads = ReadMethods<'async-queue'>;
type RawTask = NonNullable<Awaited<ReturnType<Reads['getTask']>>>;
type RawState = NonNullable<Awaited<ReturnType<Reads['getState']>>>;
type RawNext = Awaited<ReturnType<Reads['getNext']>>;
type EnqueueArgs = CallArgs<'async-queue', 'enqueue-task'>;

const ENQUEUE_KEYS = [
  'template',
  'priority',
  'rewardUstx',
  'payload',
  'hold',
] as const satisfies readonly (keyof EnqueueInput)[];

/** Fills the defaults in, also of the fields this version does not serve. */
export const encodeTask = (
  functionName: string,
  input: EnqueueInput,
  otherKeys: readonly string[] = [],
): EnqueueArgs => {
  assertKnownKeys(functionName, input, [...ENQUEUE_KEYS, ...otherKeys]);
  return {
    template: input.template,
    data: {
      priority: input.priority ?? null,
      reward: input.rewardUstx ?? 0n,
      rewardMin: null,
      deadline: null,
      hold: input.hold ?? false,
      tag: null,
      key: null,
      parents: [],
      afterItems: [],
      lax: false,
      payload: input.payload ?? new Uint8Array(),
    },
  };
};

export const decodeTask = (id: bigint, raw: RawTask): Task => ({
  id: makeTaskId(id),
  ...raw,
  created: makeStacksHeight(raw.created),
});

export const decodeState = (id: bigint, { reward, ...raw }: RawState): TaskState => ({
  id: makeTaskId(id),
  ...raw,
  ...decodeLane(raw.lane),
  // Statuses are counted from 1.
  status: decodeName(STATUSES, raw.status - 1n, 'async-queue.get-state', 'status'),
  rewardUstx: makeUstx(reward),
  claimed: makeStacksHeight(raw.claimed),
  until: makeStacksHeight(raw.until),
  clock: decodeName(CLOCKS, raw.clock, 'async-queue.get-state', 'clock'),
  at: raw.at === 0n ? null : raw.at,
  ended: raw.ended === 0n ? null : makeStacksHeight(raw.ended),
});

export const decodeNext = (raw: RawNext): NextWork => {
  const [stacks = null, burn = null, time = null] = raw.due;
  return {
    stacks: makeStacksHeight(raw.stacks),
    burn: makeBurnHeight(raw.burn),
    time: makeUnixSeconds(raw.time),
    due: {
      stacks: stacks === null ? null : makeStacksHeight(stacks),
      burn: burn === null ? null : makeBurnHeight(burn),
      time: time === null ? null : makeUnixSeconds(time),
    },
    words: raw.words,
    busy: raw.busy.map(decodeBusy),
    busyNext: raw.busyNext,
    lastId: raw.lastId,
  };
};
