import type { FacEvent } from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { putInOrder } from '../../../scripts/stack/in-order.js';

// Only the topic, the id and whether there is a state decide the order.
const made = (id: bigint) => ({ topic: 'task-made', id }) as FacEvent;
const state = (topic: string, id: bigint) => ({ topic, id, state: {} }) as unknown as FacEvent;

describe('putInOrder', () => {
  it('holds the states of a task back until it is known what it is', () => {
    const seen: string[] = [];
    const add = putInOrder(({ topic }) => seen.push(topic));

    for (const event of [state('task-enqueued', 1n), state('task-dequeued', 1n), state('task-failed', 2n)])
      add(event);
    add(made(1n));
    add(state('task-completed', 1n));

    expect(seen).toEqual(['task-made', 'task-enqueued', 'task-dequeued', 'task-completed']);
  });

  it('passes on at once what is no state of a task', () => {
    const seen: string[] = [];
    putInOrder(({ topic }) => seen.push(topic))({ topic: 'credits-withdrawn' } as FacEvent);
    expect(seen).toEqual(['credits-withdrawn']);
  });
});
