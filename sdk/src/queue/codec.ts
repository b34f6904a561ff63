import { decodeAccess } from '../base/access.js';
import { CLOCKS } from '../base/clock.js';
import { GATES } from '../base/gate.js';
import { decodeLane } from '../base/lane.js';
import { STATUSES, type Status } from '../base/status.js';
import { decodeName } from '../errors/coded-names.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import {
  makeBurnHeight,
  makeStacksHeight,
  makeTaskId,
  makeUnixSeconds,
  makeUstx,
} from '../errors/make-units.js';
import { decodeTask } from '../factory/codec.js';
import { decodeBusy } from '../registry/codec.js';
import type { CallArgs } from '../tx/prepared-call.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { EnqueueItem, Explanation, Family, NextWork, Now, TaskState } from './types.js';

type Reads = ReadMethods<'async-queue'>;
type Overview = ReadMethods<'task-overview'>;
type RawState = NonNullable<Awaited<ReturnType<Reads['getState']>>>;
type RawFamily = Awaited<ReturnType<Reads['getFamilies']>>[number];
type RawNext = Awaited<ReturnType<Overview['getNext']>>;
type RawExplanation = NonNullable<Awaited<ReturnType<Overview['getExplain']>>>;
type EnqueueArgs = CallArgs<'async-queue', 'enqueue-task'>;

const ENQUEUE_KEYS = [
  'template',
  'priority',
  'rewardUstx',
  'rewardMinUstx',
  'steps',
  'deadline',
  'payload',
  'hold',
  'tag',
  'key',
  'parents',
  'lax',
] as const satisfies readonly (keyof EnqueueItem)[];

/** Fills the defaults in. */
export const encodeTask = (
  functionName: string,
  input: EnqueueItem,
  otherKeys: readonly string[] = [],
): EnqueueArgs => {
  assertKnownKeys(functionName, input, [...ENQUEUE_KEYS, ...otherKeys]);
  return {
    template: input.template,
    data: {
      priority: input.priority ?? null,
      reward: input.rewardUstx ?? 0n,
      rewardMin: input.rewardMinUstx ?? null,
      deadline: input.deadline ?? null,
      hold: input.hold ?? false,
      tag: input.tag ?? null,
      key: input.key ?? null,
      parents: input.parents ?? [],
      afterItems: input.afterItems ?? [],
      lax: input.lax ?? false,
      payload: input.payload ?? new Uint8Array(),
    },
  };
};

export const decodeState = (id: bigint, raw: RawState): TaskState => {
  const { reward, floor, price, escrow, access, ...rest } = raw;
  const source = 'async-queue.get-state';
  return {
    id: makeTaskId(id),
    ...rest,
    ...decodeLane(raw.lane),
    ...decodeAccess(access),
    status: decodeStatus(raw.status, source),
    gate: raw.gate === 0n ? null : decodeName(GATES, raw.gate - 1n, source, 'gate'),
    rewardUstx: makeUstx(reward),
    floorUstx: makeUstx(floor),
    priceUstx: makeUstx(price),
    escrowUstx: makeUstx(escrow),
    expires: raw.expires === 0n ? null : makeUnixSeconds(raw.expires),
    claimed: makeStacksHeight(raw.claimed),
    until: makeStacksHeight(raw.until),
    retry: makeStacksHeight(raw.retry),
    clock: decodeName(CLOCKS, raw.clock, source, 'clock'),
    at: raw.at === 0n ? null : raw.at,
    series: raw.series === 0n ? null : raw.series,
    ended: raw.ended === 0n ? null : makeStacksHeight(raw.ended),
  };
};

/** Statuses are counted from 1. */
export const decodeStatus = (status: bigint, source: string): Status =>
  decodeName(STATUSES, status - 1n, source, 'status');

export const decodeNext = (raw: RawNext): NextWork => {
  const [stacks = null, burn = null, time = null] = raw.due;
  return {
    ...decodeNow(raw),
    due: {
      stacks: stacks === null ? null : makeStacksHeight(stacks),
      burn: burn === null ? null : makeBurnHeight(burn),
      time: time === null ? null : makeUnixSeconds(time),
    },
    words: raw.words,
    loose: raw.loose === 0n ? null : makeTaskId(raw.loose),
    busy: raw.busy.map(decodeBusy),
    busyNext: raw.busyNext,
    lastId: raw.lastId,
  };
};

export const decodeFamily = ({ lax, watch, broken, alien }: RawFamily): Family => ({
  lax,
  watch: watch === 0n ? null : makeTaskId(watch),
  broken,
  alien,
});

/** The contract has the task and the family of every state it finds. */
export const decodeExplanation = (id: bigint, raw: RawExplanation): Explanation | null =>
  raw.task === null || raw.family === null
    ? null
    : {
        ...decodeNow(raw),
        task: decodeTask(id, raw.task),
        state: decodeState(id, raw.state),
        family: decodeFamily(raw.family),
      };

const decodeNow = ({ stacks, burn, time }: Pick<RawNext, 'stacks' | 'burn' | 'time'>): Now => ({
  stacks: makeStacksHeight(stacks),
  burn: makeBurnHeight(burn),
  time: makeUnixSeconds(time),
});
