import { costOfTask } from '../queue/cost.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { movesNothing, signerKeepsAll, signerSends } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { SubscribeInput, TopUpSubscriptionInput } from './types.js';

type Ok<Fn extends string> = PreparedCall<CallOk<'task-topics', Fn>>;

/** Calls of task-topics. A topic's name has at most 40 characters. */
export interface TopicsPrepares {
  /** By a publisher, who becomes its owner. */
  readonly createTopic: (args: { readonly topic: string }) => Ok<'create-topic'>;
  /** By the topic's owner; answers the publication's number. At most 1,024 bytes, public. */
  readonly publish: (args: { readonly topic: string; readonly data: Uint8Array }) => Ok<'publish'>;
  /** Has a task made for each publication and takes the price of all; answers the subscription's index. */
  readonly subscribe: (args: SubscribeInput) => Ok<'subscribe'>;
  /** Pays for more runs of anyone's subscription; answers all that is prepaid for it. */
  readonly topUpSubscription: (args: TopUpSubscriptionInput) => Ok<'top-up-subscription'>;
  /** By the owner: takes a subscription away; answers what was prepaid and is paid back. */
  readonly unsubscribe: (args: { readonly topic: string; readonly index: bigint }) => Ok<'unsubscribe'>;
  /** By the owner of a held task: the next publication sets it free, with the published data as its input. */
  readonly awaitTopic: (args: { readonly id: bigint; readonly topic: string }) => Ok<'await-topic'>;
  /** Delivers the oldest publication to at most `n` tasks, 1 to 6; anyone may. Answers how many it set free. */
  readonly deliver: (args: { readonly topic: string; readonly n: bigint }) => Ok<'deliver'>;
}

export const makeTopicsPrepares = (deployer: string): TopicsPrepares => {
  const contract = makeContractRef(deployer, 'task-topics');
  return {
    createTopic: (args) => prepareCall(contract, 'create-topic', args, movesNothing),
    publish: (args) => prepareCall(contract, 'publish', args, movesNothing),
    subscribe: ({ rewardUstx = 0n, steps, ...rest }) =>
      prepareCall(contract, 'subscribe', { ...rest, reward: rewardUstx }, () =>
        signerSends(rest.runs * costOfTask('task-topics.subscribe', { rewardUstx, steps })),
      ),
    topUpSubscription: ({ rewardUstx, steps, ...rest }) =>
      prepareCall(contract, 'top-up-subscription', rest, () =>
        signerSends(rest.runs * costOfTask('task-topics.top-up-subscription', { rewardUstx, steps })),
      ),
    unsubscribe: (args) => prepareCall(contract, 'unsubscribe', args, signerKeepsAll),
    awaitTopic: (args) => prepareCall(contract, 'await-topic', args, movesNothing),
    deliver: (args) => prepareCall(contract, 'deliver', args, movesNothing),
  };
};
