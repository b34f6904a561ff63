/** How a queue's work is done: by workers off chain, or in a transaction that runs a contract. */
export type QueueKind = 'offchain' | 'onchain';

/** The least trusted class of worker: registered by an admin, or bonded. */
export type WorkerClass = 'granted' | 'bonded';

/** Every kind; the contract's code is the place in this list, counted from 0. */
export const QUEUE_KINDS: readonly QueueKind[] = ['offchain', 'onchain'];

/** Every class; the contract's code is the place in this list, counted from 0. */
export const WORKER_CLASSES: readonly WorkerClass[] = ['granted', 'bonded'];
