import type { Call } from './chain/call.js';
import * as call from './chain/call.js';
import type { Config } from './model/records.js';
import { ROLE } from './model/records.js';

/** The accounts of a run, the deployer first, then by what they begin with. */
export interface Cast {
  readonly deployer: string;
  readonly producers: readonly string[];
  readonly workers: readonly string[];
  /** Its permissions come and go. */
  readonly changing: string;
  readonly stranger: string;
}

/** Some workers are soon full. */
const CAPACITIES = [8n, 4n, 2n];

const { PRODUCER, WORKER, MANAGER, ADMIN } = ROLE;

/** The calls that every run begins with, so that there is somebody to act and something to make tasks from. */
export function openingCalls(cast: Cast): readonly Call[] {
  const by = cast.deployer;
  const manager = cast.producers[0] ?? by;
  return [
    ...cast.producers.map((who) => call.register(by, who, PRODUCER | MANAGER)),
    ...cast.workers.map((who, i) => call.register(by, who, i === 0 ? WORKER | PRODUCER : WORKER)),
    ...cast.workers.map((who, i) => call.setCapacity(by, who, CAPACITIES[i] ?? 8n)),
    call.register(by, cast.changing, ADMIN),
    call.createTaskType(manager, 'work'),
    ...['urgent', 'onchain', 'bonded', 'q4', 'q5', 'q6', 'q7', 'q8', 'far'].map((name, i) =>
      call.createQueue(by, {
        name,
        kind: name === 'onchain' ? 1n : 0n,
        class: name === 'bonded' ? 1n : 0n,
        strict: i === 0,
        guardEvery: 0n,
      }),
    ),
    ...configs.map((config) => call.createTemplate(manager, 1n, config)),
  ];
}

const base: Config = {
  name: 'work',
  queue: 0n,
  priority: 3n,
  maxPriority: 15n,
  maxAttempts: 3n,
  lease: 12n,
  maxLease: 30n,
  retryDelay: 2n,
  doubling: true,
  retryCap: 6n,
  ttlSeconds: 0n,
  minReward: 0n,
  rampBlocks: 0n,
  maxSteps: 1n,
  open: true,
  handler: null,
  uri: '',
};

/** Queue 9 is in the second occupancy word. */
const configs: readonly Config[] = [
  base,
  { ...base, queue: 1n, maxAttempts: 2n, lease: 14n, doubling: false, minReward: 100n },
  { ...base, queue: 9n, maxAttempts: 4n, lease: 20n, retryDelay: 1n, retryCap: 5n },
  { ...base, open: false, maxPriority: 7n, maxAttempts: 1n },
];
