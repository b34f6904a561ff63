import type { FacEvent, QueueEvent, TaskState } from '@fac/sdk';

/** All that is known of a task from the events of the chain. */
export interface TaskRow {
  readonly id: bigint;
  /** The payload, when it is text. */
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

/** The events of the queue, gathered into one row a task. */
export interface TaskLog {
  readonly rows: ReadonlyMap<bigint, TaskRow>;
  /** Attempts in the order in which they began. */
  readonly attempts: readonly {
    readonly taskId: bigint;
    readonly attempt: bigint;
    readonly worker: string;
  }[];
  readonly payments: readonly Payment[];
}

export const EMPTY_LOG: TaskLog = { rows: new Map(), attempts: [], payments: [] };

/** Adds an event of the chain. */
export const addEvent = (log: TaskLog, owners: Map<bigint, string>, event: FacEvent): TaskLog => {
  if (!isQueueEvent(event)) return log;
  const { id, state, topic } = event;
  if (event.topic === 'task-enqueued') owners.set(id, event.task.owner);
  const label =
    event.topic === 'task-enqueued' ? textOf(event.task.payload) : (log.rows.get(id)?.label ?? '');
  const begun = { taskId: id, attempt: state.attempts, worker: state.worker ?? '' };
  const payment = paymentOf(event, owners.get(id) ?? '');
  return {
    rows: new Map(log.rows).set(id, { id, label, state, topic }),
    attempts: topic === 'task-dequeued' ? [...log.attempts, begun] : log.attempts,
    payments: payment === undefined ? log.payments : [...log.payments, payment],
  };
};

const isQueueEvent = (event: FacEvent): event is FacEvent & QueueEvent =>
  event.topic.startsWith('task-') && 'state' in event;

const paymentOf = ({ id, state }: QueueEvent, owner: string): Payment | undefined => {
  const paid = { taskId: id, ustx: state.rewardUstx };
  switch (state.status) {
    case 'succeeded':
      return { ...paid, to: state.worker ?? '', why: 'reward' };
    case 'failed':
    case 'cancelled':
      return { ...paid, to: owner, why: 'refund' };
    default:
      return undefined;
  }
};

const textOf = (payload: Uint8Array): string => {
  const text = new TextDecoder().decode(payload);
  return /^[\x20-\x7e]{0,32}$/.test(text) ? text : `${payload.length} bytes`;
};
