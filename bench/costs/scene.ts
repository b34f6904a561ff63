import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Chain, Cost, Measured } from './measure.js';

const QUEUES = 4;
/** No stored task is in a lane of this queue. */
export const OWN_QUEUE = 3;
/** Fills the first page of get-busy. */
const OTHER_COORDINATORS = 18;
const RUNNING = 3n;
const FIRST_ENDED = 5n;
/** Far enough to be no neighbour of what a case schedules, but below the same node of the index's third level. */
const SENTINEL = 2n ** 20n;
const RETRY_DELAY = 3n;
export const LEASE = 12n;
/** A leaf of the due index holds this many instants. */
export const WINDOW = 128n;

export interface Spot {
  readonly queue?: number | undefined;
  readonly priority?: number | undefined;
  readonly hold?: boolean | undefined;
}

/** Somebody to act, a template for each queue, and one task stored. What a case makes is ended after it. */
export interface Scene {
  readonly chain: Chain;
  readonly producer: string;
  readonly worker: string;
  readonly admin: string;
  /** The parts of a template's config, as an argument. */
  readonly config: (queue: number) => ClarityValue;
  readonly template: (queue: number) => bigint;
  readonly enqueue: (spot?: Spot) => Measured & { readonly id: bigint };
  readonly enqueueMany: (count: number, spot?: Spot) => readonly bigint[];
  readonly scheduleNew: (clock: number, at: bigint, spot?: Spot) => Measured & { readonly id: bigint };
  readonly dequeue: (queue: number, n: number) => Cost;
  readonly queueCall: (name: string, args: ClarityValue[], by: string) => Cost;
  readonly schedulerCall: (name: string, args: ClarityValue[], by: string) => Cost;
  /** Mines to the next multiple of `span` blocks, so that every run meets the same windows of the due index. */
  readonly alignHeight: (span: bigint) => bigint;
  /** Ends all tasks made since it was last called. */
  readonly endAll: () => void;
  /** Lets the tasks made so far stay stored. */
  readonly keepAll: () => void;
}

export function setScene(chain: Chain): Scene {
  const [admin, producer, worker] = ['deployer', 'wallet_1', 'wallet_2'].map((name) => {
    const address = chain.accounts.get(name);
    if (!address) throw new Error(`settings/Devnet.toml has no account ${name}`);
    return address;
  }) as [string, string, string];
  const made = new Set<bigint>();

  const make = (contract: string, name: string, args: ClarityValue[]) => {
    const measured = chain.call(contract, name, args, producer);
    const id = uintOf(measured.value);
    made.add(id);
    return { ...measured, id };
  };
  const template = (queue: number) => BigInt(queue + 1);
  const enqueue: Scene['enqueue'] = (spot = {}) =>
    make('async-queue', 'enqueue-task', [Cl.uint(template(spot.queue ?? 1)), taskData(spot)]);
  const scheduleNew: Scene['scheduleNew'] = (clock, at, spot = {}) =>
    make('task-scheduler', 'create-and-schedule', [
      Cl.uint(template(spot.queue ?? 1)),
      taskData(spot),
      Cl.uint(clock),
      Cl.uint(at),
    ]);
  const queueCall: Scene['queueCall'] = (name, args, by) => chain.call('async-queue', name, args, by).cost;

  openRegister(chain, admin, producer, worker);
  scheduleNew(0, SENTINEL);
  made.clear();

  return {
    chain,
    producer,
    worker,
    admin,
    config: taskConfig,
    template,
    enqueue,
    enqueueMany: (count, spot) => Array.from({ length: count }, () => enqueue(spot).id),
    scheduleNew,
    dequeue: (queue, n) => queueCall('dequeue-from', [Cl.uint(queue), Cl.uint(n)], worker),
    queueCall,
    schedulerCall: (name, args, by) => chain.call('task-scheduler', name, args, by).cost,
    alignHeight: (span) => {
      chain.mine(span - (chain.height() % span));
      return chain.height();
    },
    endAll: () => {
      for (const id of made) endTask(chain, id, producer, worker);
      made.clear();
    },
    keepAll: () => made.clear(),
  };
}

function openRegister(chain: Chain, admin: string, producer: string, worker: string): void {
  const register = (who: string, role: number) =>
    chain.call('coordinator-registry', 'register-coordinator', [Cl.principal(who), Cl.uint(role)], admin);
  register(producer, 5);
  register(worker, 2);
  for (let i = 0; i < OTHER_COORDINATORS; i++) register(`${admin}.other-${i}`, 2);
  chain.call('coordinator-registry', 'set-capacity', [Cl.principal(worker), Cl.uint(120)], admin);
  chain.call(
    'async-task-factory',
    'create-task-type',
    [Cl.stringAscii('bench'), Cl.stringAscii('')],
    producer,
  );
  for (let queue = 0; queue < QUEUES; queue++) {
    if (queue > 0)
      chain.call(
        'async-task-factory',
        'create-queue',
        [Cl.stringAscii(`queue-${queue}`), Cl.uint(0), Cl.uint(0), Cl.bool(false), Cl.uint(0)],
        admin,
      );
    chain.call('async-task-factory', 'create-task-template', [Cl.uint(1), taskConfig(queue)], producer);
  }
}

function endTask(chain: Chain, id: bigint, producer: string, worker: string): void {
  const { status, attempts } = chain.state(id);
  if (!status || !attempts || uintOf(status) >= FIRST_ENDED) return;
  if (uintOf(status) === RUNNING)
    chain.call('async-queue', 'complete-task', [Cl.uint(id), attempts, Cl.bufferFromHex('')], worker);
  else chain.call('async-queue', 'cancel-task', [Cl.uint(id)], producer);
}

export function uintOf(value: ClarityValue): bigint {
  if (value.type !== 'uint') throw new Error(`expected a uint, got ${value.type}`);
  return BigInt(value.value);
}

function taskData({ priority = 15, hold = false }: Spot): ClarityValue {
  return Cl.tuple({
    priority: Cl.some(Cl.uint(priority)),
    reward: Cl.uint(1_000),
    'reward-min': Cl.none(),
    deadline: Cl.none(),
    hold: Cl.bool(hold),
    tag: Cl.none(),
    key: Cl.none(),
    parents: Cl.list([]),
    'after-items': Cl.list([]),
    lax: Cl.bool(false),
    payload: Cl.bufferFromHex('00'.repeat(64)),
  });
}

function taskConfig(queue: number): ClarityValue {
  return Cl.tuple({
    name: Cl.stringAscii('bench'),
    queue: Cl.uint(queue),
    priority: Cl.uint(3),
    'max-priority': Cl.uint(15),
    'max-attempts': Cl.uint(2),
    lease: Cl.uint(LEASE),
    'max-lease': Cl.uint(4_000),
    'retry-delay': Cl.uint(RETRY_DELAY),
    doubling: Cl.bool(true),
    'retry-cap': Cl.uint(100),
    'ttl-seconds': Cl.uint(0),
    'min-reward': Cl.uint(0),
    'ramp-blocks': Cl.uint(0),
    'max-steps': Cl.uint(1),
    open: Cl.bool(true),
    handler: Cl.none(),
    uri: Cl.stringAscii(''),
  });
}
