import { account, call, expectOk, type Fields, type Outcome, read } from './contracts.js';

export const STATUS = {
  PENDING: 1n,
  QUEUED: 2n,
  RUNNING: 3n,
  RETRYING: 4n,
  SUCCEEDED: 5n,
  FAILED: 6n,
  CANCELLED: 7n,
} as const;

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

export function heartbeat(id: bigint, attempt: bigint, blocks: bigint, by: string): Outcome {
  return call('queue', 'heartbeat-task', [id, attempt, blocks, '0x01'], by);
}

export function complete(id: bigint, attempt: bigint, by: string, result = '0x02'): Outcome {
  return call('queue', 'complete-task', [id, attempt, result], by);
}

export function fail(id: bigint, attempt: bigint, by: string, { code = 7n, retryable = true } = {}): Outcome {
  return call('queue', 'fail-task', [id, attempt, code, retryable], by);
}

export function reclaim(ids: readonly bigint[], by: string): Outcome {
  return call('queue', 'reclaim-leases', [ids], by);
}

export function cancel(id: bigint, by: string): Outcome {
  return call('queue', 'cancel-task', [id], by);
}

export function schedule(id: bigint, clock: bigint, at: bigint, by: string): Outcome {
  return call('scheduler', 'schedule-task-on', [id, clock, at], by);
}

export function trigger(clock: bigint, n = 20n, by = account('deployer')): Outcome {
  return call('scheduler', 'trigger-due-tasks', [clock, n], by);
}

export function taskOf(id: bigint): Fields | null {
  return read('queue', 'get-task', id) as Fields | null;
}

export function stateOf(id: bigint): Fields {
  const state = read('queue', 'get-state', id) as Fields | null;
  if (state === null) throw new Error(`no task ${id}`);
  return state;
}
