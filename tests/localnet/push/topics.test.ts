import { describe, expect, it } from 'vitest';
import { createTopics } from '../../../localnet/src/push/topics.js';

describe('createTopics', () => {
  it('has those who listen, once each, until they leave', () => {
    const topics = createTopics<string>(10);
    topics.add('ann', 'block');
    topics.add('ann', 'block');
    topics.add('ben', 'block');
    expect(topics.listeners('block')).toEqual(['ann', 'ben']);
    topics.remove('ann', 'block');
    topics.remove('ann', 'mempool');
    expect(topics.listeners('block')).toEqual(['ben']);
    expect([topics.has('block'), topics.has('mempool')]).toEqual([true, false]);
  });

  it('forgets all of a client that is gone', () => {
    const topics = createTopics<string>(2);
    topics.add('ann', 'block');
    topics.add('ann', 'mempool');
    expect(topics.add('ann', 'nft_event')).toBe(false);
    topics.release('ann');
    expect(['block', 'mempool', 'nft_event'].filter(topics.has)).toEqual([]);
    expect(topics.add('ann', 'nft_event')).toBe(true);
  });
});
