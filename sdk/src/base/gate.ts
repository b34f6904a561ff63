/** What a pending task waits for: its owner or a topic, its parents, or its time. */
export type Gate = 'hold' | 'parents' | 'time';

/** Every gate in the order in which a task passes them; the contract's code is the place, counted from 1. */
export const GATES: readonly Gate[] = ['hold', 'parents', 'time'];
