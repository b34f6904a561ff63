import type { FacEvent, TaskState } from '@fac/sdk';

/** All that is known of a task from the events of the chain. */
export interface TaskRow {
  readonly id: bigint;
  /** The tag, or the payload when that is text. */
  readonly label: string;
  readonly state: TaskState;
  /** What happened to it last. */
  readonly topic: string;
}

/** A payment out of escrow. */
export interface Payment {
  readonly taskId: bigint;
  readonly to: string;
  readonly ustx: bigint;
  readonly why: 'reward' | 'refund';
}

/** The events of tasks, gathered into one row a task. */
export interface TaskLog {
  readonly labels: ReadonlyMap<bigint, string>;
  readonly rows: ReadonlyMap<bigint, TaskRow>;
  /** Attempts in the order in which they began. */
  readonly attempts: readonly {
    readonly taskId: bigint;
    readonly attempt: bigint;
    readonly worker: string;
  }[];
  readonly payments: readonly Payment[];
}

export const EMPTY_LOG: TaskLog = { labels: new Map(), rows: new Map(), attempts: [], payments: [] };

/** Adds an event of the chain: what a task is, or how it stands now. */
export const addEvent = (log: TaskLog, event: FacEvent): TaskLog => {
  if (event.topic === 'task-made') {
    const { tag, payload } = event.task;
    return { ...log, labels: new Map(log.labels).set(event.id, textOf(tag ?? payload)) };
  }
  if (!('state' in event)) return log;
  const { id, state, topic } = event;
  const row = { id, label: log.labels.get(id) ?? '', state, topic };
  const begun = { taskId: id, attempt: state.attempts, worker: state.worker ?? '' };
  return {
    labels: log.labels,
    rows: new Map(log.rows).set(id, row),
    attempts:
      topic === 'task-dequeued' || topic === 'task-executing' ? [...log.attempts, begun] : log.attempts,
    payments: [...log.payments, ...paymentsOf(log.rows.get(id)?.state, row)],
  };
};

/** What left the escrow: the price of an attempt that was a success, anything else to the owner. */
const paymentsOf = (before: TaskState | undefined, { id, topic, state }: TaskRow): readonly Payment[] => {
  const paidUstx = (before?.escrowUstx ?? 0n) - state.escrowUstx;
  // The share of whoever triggers it is no payment of the task's.
  if (before === undefined || topic === 'task-triggered') return [];
  const isSuccess = topic === 'task-completed' || topic === 'task-continued';
  const rewardUstx = isSuccess ? before.priceUstx : 0n;
  const payments = [
    { taskId: id, to: state.worker ?? '', ustx: rewardUstx, why: 'reward' },
    { taskId: id, to: state.owner, ustx: paidUstx - rewardUstx, why: 'refund' },
  ] as const;
  return payments.filter(({ ustx }) => ustx > 0n);
};

const textOf = (payload: Uint8Array): string => {
  const text = new TextDecoder().decode(payload);
  return /^[\x20-\x7e]{0,32}$/.test(text) ? text : `${payload.length} bytes`;
};
