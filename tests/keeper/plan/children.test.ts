import { describe, expect, it } from 'vitest';
import { OTHER, plan, sent } from './snapshots.js';

const release = { kind: 'release-children' as const, n: 8 };

describe('planNext, children', () => {
  it('sees to children whose parent has ended, in one call a tick', () => {
    expect(plan({ looseTaskId: 7n }).send).toEqual([release]);
  });

  it('waits while that is under way', () => {
    const { send, deferred } = plan({ looseTaskId: 7n, account: { inFlight: [sent(release)] } });
    expect({ send, deferred }).toEqual({
      send: [],
      deferred: [{ what: 'release-children', reason: 'in-flight' }],
    });
  });

  it('lets another active worker do it in the blocks that are its turn', () => {
    const facts = { looseTaskId: 7n, otherWorkers: [OTHER] };
    const turns = Array.from({ length: 100 }, (_, height) => plan(facts, {}, `${height}`).send.length);
    expect(new Set(turns)).toEqual(new Set([0, 1]));
  });

  it('leaves them alone while it stops', () => {
    expect(plan({ looseTaskId: 7n }, { isStopping: true }).send).toEqual([]);
  });
});
