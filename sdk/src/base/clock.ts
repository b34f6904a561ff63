/** What an instant is measured in: Stacks blocks, Bitcoin blocks, or block time in Unix seconds. */
export type Clock = 'stacks' | 'burn' | 'time';

/** Every clock; the contract's code is the place in this list, counted from 0. */
export const CLOCKS: readonly Clock[] = ['stacks', 'burn', 'time'];
