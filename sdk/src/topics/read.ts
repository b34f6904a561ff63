import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type NoArgs, type ReadPort } from '../tx/read-call.js';
import { decodePublication, decodeSubscription, decodeTopic } from './codec.js';
import type { LaggingPage, Publication, Subscription, Topic, WaitingPlace } from './types.js';

/** Questions to task-topics; `null` where there is no such thing. */
export interface TopicsReads {
  readonly getTopic: (args: { readonly topic: string }, options?: ReadOptions) => Promise<Topic | null>;
  readonly getTopicCount: (args?: NoArgs, options?: ReadOptions) => Promise<bigint>;
  readonly getPublication: (
    args: { readonly topic: string; readonly seq: bigint },
    options?: ReadOptions,
  ) => Promise<Publication | null>;
  readonly getSubscription: (
    args: { readonly topic: string; readonly index: bigint },
    options?: ReadOptions,
  ) => Promise<Subscription | null>;
  /** What a task waits for, also if it was cancelled or scheduled since. */
  readonly getWaiting: (args: { readonly id: bigint }, options?: ReadOptions) => Promise<WaitingPlace | null>;
  /** What there is to deliver; `from` is the index of a page of ten topics. @default 0n */
  readonly getLagging: (args?: { readonly from?: bigint }, options?: ReadOptions) => Promise<LaggingPage>;
}

export const makeTopicsReads = (deployer: string, port: ReadPort): TopicsReads => {
  const raw = makeReadMethods(makeContractRef(deployer, 'task-topics'), port);
  return {
    getTopic: async (args, options) => {
      const topic = await raw.getTopic(args, options);
      return topic === null ? null : decodeTopic(topic);
    },
    getTopicCount: raw.getTopicCount,
    getPublication: async (args, options) => {
      const publication = await raw.getPublication(args, options);
      return publication === null ? null : decodePublication(publication);
    },
    getSubscription: async (args, options) => {
      const subscription = await raw.getSubscription(args, options);
      return subscription === null ? null : decodeSubscription(subscription);
    },
    getWaiting: raw.getWaiting,
    getLagging: async ({ from = 0n, ...rest } = {}, options) => raw.getLagging({ from, ...rest }, options),
  };
};
