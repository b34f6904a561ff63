import type { QueueKind, WorkerClass } from './queue-kind.js';

/** Who may take the work of a queue, and how. */
export interface Access {
  readonly kind: QueueKind;
  /** The least trusted class of worker it admits. */
  readonly class: WorkerClass;
  /** Head of the line only. */
  readonly strict: boolean;
}

const ONCHAIN = 1n;
const OPEN_TO_BONDED = 2n;
const STRICT = 4n;

/** What a queue's mask in the state of a task says. */
export const decodeAccess = (mask: bigint): Access => ({
  kind: (mask & ONCHAIN) === 0n ? 'offchain' : 'onchain',
  class: (mask & OPEN_TO_BONDED) === 0n ? 'granted' : 'bonded',
  strict: (mask & STRICT) !== 0n,
});
