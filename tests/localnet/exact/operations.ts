import fc from 'fast-check';

export const ACTIONS = [
  'increment',
  'deposit',
  'withdraw',
  'refuse',
  'crash',
  'breakPostCondition',
  'transfer',
  'mint',
  'deploy',
  'bump',
  'drain',
] as const;
export type Action = (typeof ACTIONS)[number];

/** A transaction to be signed and sent. Numbers choose among what there is, by their remainder. */
export interface Sending {
  readonly action: Action;
  readonly from: number;
  /** Nonces left out before it; none mostly. */
  readonly gap: number;
  /** Pays more for the nonce of one that waits. */
  readonly replaces: boolean;
  /** Who pays, if not the sender. */
  readonly sponsor: number | null;
  readonly feeUstx: number;
  /** Also the amount moved and the code deployed. */
  readonly value: number;
}

export type Operation =
  | { readonly kind: 'send'; readonly sending: Sending }
  /** All at once, while a block is made and the worker is killed, or not. */
  | { readonly kind: 'storm'; readonly sendings: readonly Sending[]; readonly during: During }
  | { readonly kind: 'mine'; readonly stacks: number; readonly bitcoin: number }
  | { readonly kind: 'snapshot' }
  | { readonly kind: 'revert'; readonly which: number }
  | Forking
  | { readonly kind: 'simulate'; readonly sending: Sending }
  | { readonly kind: 'kill' }
  | { readonly kind: 'restart' };

export type During = 'block' | 'fork' | 'kill' | 'kill-and-block' | 'kill-and-fork';

export interface Forking {
  readonly kind: 'fork';
  readonly depth: number;
  readonly drops: readonly number[];
  /** A shuffle of the transactions that come back, of which a prefix is asked for in this order. */
  readonly order: readonly number[];
  readonly blocks: number | null;
}

const small = fc.nat({ max: 1_000 });
const sending: fc.Arbitrary<Sending> = fc.record({
  action: fc.oneof(
    { weight: 6, arbitrary: fc.constant<Action>('increment') },
    { weight: 8, arbitrary: fc.constantFrom(...ACTIONS.filter((action) => action !== 'drain')) },
    { weight: 1, arbitrary: fc.constant<Action>('drain') },
  ),
  from: small,
  gap: fc.oneof(
    { weight: 8, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) },
  ),
  replaces: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  sponsor: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: small }),
  feeUstx: fc.integer({ min: 1_000, max: 9_000 }),
  value: fc.integer({ min: 1, max: 1_000 }),
});
const forking: fc.Arbitrary<Forking> = fc.record({
  kind: fc.constant('fork' as const),
  depth: fc.integer({ min: 1, max: 5 }),
  drops: fc.array(small, { maxLength: 2 }),
  order: fc.array(small, { maxLength: 4 }),
  blocks: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4 })),
});

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 14, arbitrary: fc.record({ kind: fc.constant('send' as const), sending }) },
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('mine' as const),
      stacks: fc.integer({ min: 1, max: 2 }),
      bitcoin: fc.integer({ min: 0, max: 1 }),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'snapshot' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('revert' as const), which: small }) },
  { weight: 5, arbitrary: forking },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('storm' as const),
      sendings: fc.array(sending, { minLength: 3, maxLength: 6 }),
      during: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom<During>('block', 'fork') },
        { weight: 1, arbitrary: fc.constantFrom<During>('kill', 'kill-and-block', 'kill-and-fork') },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('simulate' as const), sending }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'kill' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

/** The same operations for the same seed, however many of them are made. */
export function rollOperations(seed: number, count: number): readonly Operation[] {
  return fc.sample(operation, { seed, numRuns: count });
}
