import type { Call } from './chain/call.js';
import * as factory from './chain/call-factory.js';
import * as registry from './chain/call-registry.js';
import { carelessOwner } from './chain/careless-owner.js';
import type { Config } from './model/records.js';
import { ROLE } from './model/records.js';

/** The accounts of a run, the deployer first, then by what they begin with. */
export interface Cast {
  readonly deployer: string;
  readonly producers: readonly string[];
  readonly workers: readonly string[];
  /** Its permissions come and go. */
  readonly changing: string;
  /** Registered by nobody: at times they join for a bond. */
  readonly joiners: readonly string[];
}

/** Some workers are soon full. */
const CAPACITIES = [8n, 4n, 2n];

const { PRODUCER, WORKER, MANAGER, PUBLISHER, ADMIN } = ROLE;

/** The calls that every run begins with, so that there is somebody to act and something to make tasks from. */
export function openingCalls(cast: Cast, codeHashes: ReadonlyMap<string, string>): readonly Call[] {
  const [contract = '', hash = ''] = [...codeHashes][0] ?? [];
  const by = cast.deployer;
  const manager = cast.producers[0] ?? by;
  return [
    ...cast.producers.map((who, i) =>
      registry.register(by, who, PRODUCER | MANAGER | (i < 2 ? PUBLISHER : 0n)),
    ),
    registry.register(by, carelessOwner(by), PRODUCER),
    ...cast.workers.map((who, i) => registry.register(by, who, i === 0 ? WORKER | PRODUCER : WORKER)),
    ...cast.workers.map((who, i) => registry.setCapacity(by, who, CAPACITIES[i] ?? 8n)),
    registry.register(by, cast.changing, ADMIN),
    registry.setParam(by, 'strike-limit', 3n),
    registry.setParam(by, 'stand-down-blocks', 120n),
    factory.createTaskType(manager, 'work'),
    ...['urgent', 'onchain', 'bonded', 'q4', 'q5', 'q6', 'q7', 'q8', 'far'].map((name, i) =>
      factory.createQueue(by, {
        name,
        kind: name === 'onchain' ? 1n : 0n,
        class: name === 'bonded' ? 1n : 0n,
        strict: i === 0,
        guardEvery: i < 2 ? 0n : 3n,
      }),
    ),
    ...configs.map((config) => factory.createTemplate(manager, 1n, config)),
    factory.createTemplate(manager, 1n, { ...onchain, handler: { contract, hash } }),
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
  { ...base, queue: 3n, rampBlocks: 30n, ttlSeconds: 600n },
];

const onchain: Config = { ...base, queue: 2n, maxSteps: 3n, retryDelay: 1n, retryCap: 3n, ttlSeconds: 300n };
