import { makeStacksHeight, makeUstx } from '../errors/make-units.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { Publication, Subscription, Topic } from './types.js';

type Reads = ReadMethods<'task-topics'>;
type RawTopic = NonNullable<Awaited<ReturnType<Reads['getTopic']>>>;
type RawPublication = NonNullable<Awaited<ReturnType<Reads['getPublication']>>>;
type RawSubscription = NonNullable<Awaited<ReturnType<Reads['getSubscription']>>>;

/** The contract counts free places from 1. */
export const decodeTopic = (raw: RawTopic): Topic => ({
  ...raw,
  free: raw.free === 0n ? null : raw.free - 1n,
});

export const decodePublication = (raw: RawPublication): Publication => ({
  ...raw,
  at: makeStacksHeight(raw.at),
});

export const decodeSubscription = ({ reward, ...raw }: RawSubscription): Subscription => ({
  ...raw,
  rewardUstx: makeUstx(reward),
});
