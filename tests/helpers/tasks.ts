import { account, call, expectOk, type Fields, type Outcome, read } from './contracts.js';

export const STATUS = {
  PENDING: 1n,
  QUEUED: 2n,
  RUNNING: 3n,
  RETRYING: 4n,
  SUCCEEDED: 5n,
  FAILED: 6n,
  CANCELLED: 7n,
  EXPIRED: 8n,
} as const;

/** Where a pending task waits. */
export const GATE = { HOLD: 1n, PARENTS: 2n, TIME: 3n } as const;

export const ROLE = {
  producer: 1n,
  worker: 2n,
  manager: 4n,
  publisher: 8n,
  guardian: 16n,
  admin: 32n,
} as const;

/** A template's config; what is not named has its usual value. */
export function config(fields: Fields = {}): Fields {
  return {
    name: 'plain',
    queue: 0n,
    priority: 5n,
    'max-priority': 15n,
    'max-attempts': 3n,
    lease: 12n,
    'max-lease': 100n,
    'retry-delay': 4n,
    doubling: false,
    'retry-cap': 50n,
    'ttl-seconds': 0n,
    'min-reward': 0n,
    'ramp-blocks': 0n,
    'max-steps': 1n,
    open: true,
    handler: null,
    uri: '',
    ...fields,
  };
}

/** What a producer asks for; what is not named has its default, the reward is 1,000 uSTX. */
export function taskData(fields: Fields = {}): Fields {
  return {
    priority: null,
    reward: 1000n,
    'reward-min': null,
    deadline: null,
    hold: false,
    tag: null,
    key: null,
    parents: [],
    'after-items': [],
    lax: false,
    payload: '0x00',
    ...fields,
  };
}

export function registerCoordinator(coordinator: string, role: bigint, by = account('deployer')): Outcome {
  return call('registry', 'register-coordinator', [coordinator, role], by);
}

export function createTaskType(by: string): bigint {
  return expectOk(call('factory', 'create-task-type', ['echo', ''], by)) as bigint;
}

export function createTemplate(taskType: bigint, fields: Fields, by: string): bigint {
  return expectOk(call('factory', 'create-task-template', [taskType, config(fields)], by)) as bigint;
}

export function enqueue(template: bigint, fields: Fields, by: string): Outcome {
  return call('queue', 'enqueue-task', [template, taskData(fields)], by);
}

/** Enqueues in one call; each item may name a template and else has the usual data. */
export function enqueueTasks(template: bigint, items: readonly Fields[], by: string): Outcome {
  return call('queue', 'enqueue-tasks', [items.map((fields) => ({ template, ...taskData(fields) }))], by);
}

export function createAndSchedule(
  template: bigint,
  fields: Fields,
  clock: bigint,
  at: bigint,
  by: string,
): Outcome {
  return call('scheduler', 'create-and-schedule', [template, taskData(fields), clock, at], by);
}

export function dequeueAs(worker: string): Outcome {
  return call('queue', 'dequeue-task', [], worker);
}

export function dequeueFrom(queue: bigint, n: bigint, worker: string): Outcome {
  return call('queue', 'dequeue-from', [queue, n], worker);
}

export function claim(ids: readonly bigint[], worker: string): Outcome {
  return call('queue', 'claim-tasks', [ids], worker);
}

export function heartbeat(id: bigint, attempt: bigint, blocks: bigint, by: string): Outcome {
  return call('control', 'heartbeat-task', [id, attempt, blocks, '0x01'], by);
}

export function complete(id: bigint, attempt: bigint, by: string, result = '0x02'): Outcome {
  return call('queue', 'complete-task', [id, attempt, result], by);
}

/** Completes the first attempts of tasks in one call. */
export function completeTasks(ids: readonly bigint[], by: string): Outcome {
  return call('queue', 'complete-tasks', [ids.map((id) => ({ id, attempt: 1n, result: '0x02' }))], by);
}

export function fail(id: bigint, attempt: bigint, by: string, { code = 7n, retryable = true } = {}): Outcome {
  return call('control', 'fail-task', [id, attempt, code, retryable], by);
}

export function release(id: bigint, attempt: bigint, by: string): Outcome {
  return call('control', 'release-task', [id, attempt], by);
}

export function reclaim(ids: readonly bigint[], by: string): Outcome {
  return call('control', 'reclaim-leases', [ids], by);
}

export function cancel(id: bigint, by: string): Outcome {
  return call('control', 'cancel-task', [id], by);
}

export function cancelTasks(ids: readonly bigint[], by: string): Outcome {
  return call('control', 'cancel-tasks', [ids], by);
}

export function expire(ids: readonly bigint[], by: string): Outcome {
  return call('control', 'expire-tasks', [ids], by);
}

export function setPriority(id: bigint, priority: bigint, by: string): Outcome {
  return call('control', 'set-priority', [id, priority], by);
}

export function topUp(id: bigint, amount: bigint, by: string): Outcome {
  return call('control', 'top-up-task', [id, amount], by);
}

export function requeue(id: bigint, reward: bigint, by: string): Outcome {
  return call('control', 'requeue-task', [id, reward], by);
}

export function releaseChildren(n: bigint, by = account('deployer')): Outcome {
  return call('control', 'release-children', [n], by);
}

export function withdrawCredits(by: string): Outcome {
  return call('queue', 'withdraw-credits', [], by);
}

/** Makes the caller a bonded worker with the least bond. */
export function joinAsWorker(by: string, amount = 100_000_000n): Outcome {
  return call('registry', 'join-as-worker', [amount], by);
}

export function schedule(id: bigint, clock: bigint, at: bigint, by: string): Outcome {
  return call('scheduler', 'schedule-task-on', [id, clock, at], by);
}

export function trigger(clock: bigint, n = 20n, by = account('deployer')): Outcome {
  return call('scheduler', 'trigger-due-tasks', [clock, n], by);
}

export function execute(id: bigint, handler: string, by: string): Outcome {
  return call('scheduler', 'execute-task', [id, handler], by);
}

export function taskOf(id: bigint): Fields | null {
  return read('queue', 'get-task', id) as Fields | null;
}

export function lastId(): bigint {
  return read('factory', 'get-last-id') as bigint;
}

export function creditsOf(who: string): bigint {
  return read('queue', 'get-credits', who) as bigint;
}

export function statusesOf(...ids: bigint[]): bigint[] {
  return ids.map((id) => stateOf(id).status as bigint);
}

export function stateOf(id: bigint): Fields {
  const state = read('queue', 'get-state', id) as Fields | null;
  if (state === null) throw new Error(`no task ${id}`);
  return state;
}
