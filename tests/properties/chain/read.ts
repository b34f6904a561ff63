import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Plain } from './decode.js';
import { decode } from './decode.js';

type MapName = readonly [contract: string, map: string];

const MAPS = {
  task: ['async-task-factory', 'tasks'],
  key: ['async-task-factory', 'keys'],
  state: ['async-queue', 'states'],
  input: ['task-control', 'inputs'],
  prepaid: ['async-queue', 'prepaid'],
  credits: ['async-queue', 'credits'],
  family: ['task-graph', 'families'],
  sibling: ['task-graph', 'siblings'],
  list: ['task-index', 'lists'],
  slot: ['task-index', 'slots'],
  word: ['task-index', 'words'],
  radix: ['task-index', 'radix'],
  guard: ['task-index', 'guards'],
  coordinator: ['coordinator-registry', 'coordinators'],
  coordinatorAt: ['coordinator-registry', 'coordinator-at'],
  worker: ['coordinator-registry', 'workers'],
  leaseSlot: ['coordinator-registry', 'lease-slots'],
  bond: ['coordinator-registry', 'bonds'],
  param: ['coordinator-registry', 'params'],
  template: ['async-task-factory', 'templates'],
  config: ['async-task-factory', 'versions'],
  queue: ['async-task-factory', 'queues'],
  taskType: ['async-task-factory', 'types'],
  series: ['task-scheduler', 'series'],
  topic: ['task-topics', 'topics'],
  topicAt: ['task-topics', 'topic-at'],
  publication: ['task-topics', 'publications'],
  subscription: ['task-topics', 'subscriptions'],
  freePlace: ['task-topics', 'free-places'],
  wait: ['task-topics', 'waits'],
  waiting: ['task-topics', 'waiting'],
} as const satisfies Record<string, MapName>;

/** The stored record; null when there is none. */
export function readRecord(map: keyof typeof MAPS, key: ClarityValue): Plain {
  const [contract, name] = MAPS[map];
  try {
    return decode(simnet.getMapEntry(contract, name, key));
  } catch (error) {
    if (String(error).includes('value not found')) return null;
    throw error;
  }
}

/** A data variable; a contract's own view of it would load all of the contract. */
export function readVariable(contract: string, name: string): Plain {
  return decode(simnet.getDataVar(contract, name));
}

export function readView(contract: string, name: string, args: ClarityValue[]): Plain {
  return decode(simnet.callReadOnlyFn(contract, name, args, simnet.deployer).result);
}

/** STX balances by principal. */
export function readBalances(): ReadonlyMap<string, bigint> {
  return simnet.getAssetsMap().get('STX') ?? new Map();
}

export function readClocks(): readonly [bigint, bigint, bigint] {
  return [BigInt(simnet.stacksBlockHeight), BigInt(simnet.burnBlockHeight), BigInt(simnet.getBlockTime())];
}

export const uint = (value: bigint | number): ClarityValue => Cl.uint(value);
