import type { FacEvent } from '@fac/sdk';

/**
 * Two contracts tell of a task: what it is, and how it stands. They are followed apart, so a state may come first: it
 * is held back until it is known whose it is.
 */
export const putInOrder = (onEvent: (event: FacEvent) => void): ((event: FacEvent) => void) => {
  const known = new Set<bigint>();
  const early = new Map<bigint, FacEvent[]>();
  return (event) => {
    if (event.topic === 'task-made') {
      known.add(event.id);
      onEvent(event);
      for (const held of early.get(event.id) ?? []) onEvent(held);
      early.delete(event.id);
    } else if ('state' in event && !known.has(event.id)) {
      early.set(event.id, [...(early.get(event.id) ?? []), event]);
    } else onEvent(event);
  };
};
