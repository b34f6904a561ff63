import { QUEUE_KINDS, WORKER_CLASSES } from '../base/queue-kind.js';
import { decodeName } from '../errors/coded-names.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import { makeTaskId, makeUnixSeconds, makeUstx } from '../errors/make-units.js';
import type { CallArgs } from '../tx/prepared-call.js';
import type { ReadMethods } from '../tx/read-call.js';
import type { Queue, Task, TaskTemplate, TemplateConfig, TemplateConfigInput } from './types.js';

type Reads = ReadMethods<'async-task-factory'>;
type RawConfig = NonNullable<Awaited<ReturnType<Reads['getConfig']>>>;
type RawTemplate = NonNullable<Awaited<ReturnType<Reads['getTaskTemplate']>>>;
type RawTask = NonNullable<Awaited<ReturnType<Reads['getTask']>>>;
type RawQueue = NonNullable<Awaited<ReturnType<Reads['getQueue']>>>;
type ConfigArgs = CallArgs<'async-task-factory', 'create-task-template'>['config'];

/** The contract's bound on a lease with all its heartbeats, in Stacks blocks. */
const MAX_LEASE_TOTAL = 40_000n;
const LEASES_BY_DEFAULT = 10n;
const RETRY_CAP_BY_DEFAULT = 1_000n;

const CONFIG_KEYS = [
  'name',
  'queue',
  'priority',
  'maxPriority',
  'maxAttempts',
  'lease',
  'maxLease',
  'retryDelay',
  'doubling',
  'retryCap',
  'ttlSeconds',
  'minRewardUstx',
  'rampBlocks',
  'maxSteps',
  'handler',
  'open',
  'uri',
] as const satisfies readonly (keyof TemplateConfigInput)[];

/** Fills the defaults in. */
export const encodeConfig = (functionName: string, input: TemplateConfigInput): ConfigArgs => {
  assertKnownKeys(`${functionName}: config`, input, CONFIG_KEYS);
  const { lease = 100n, retryDelay = 10n } = input;
  return {
    name: input.name,
    queue: input.queue ?? 0n,
    priority: input.priority ?? 7n,
    maxPriority: input.maxPriority ?? 15n,
    maxAttempts: input.maxAttempts ?? 3n,
    lease,
    maxLease: input.maxLease ?? smaller(lease * LEASES_BY_DEFAULT, MAX_LEASE_TOTAL),
    retryDelay,
    doubling: input.doubling ?? true,
    retryCap: input.retryCap ?? larger(retryDelay, RETRY_CAP_BY_DEFAULT),
    ttlSeconds: input.ttlSeconds ?? 0n,
    minReward: input.minRewardUstx ?? 0n,
    rampBlocks: input.rampBlocks ?? 0n,
    maxSteps: input.maxSteps ?? 1n,
    open: input.open ?? false,
    handler: input.handler ?? null,
    uri: input.uri ?? '',
  };
};

export const decodeConfig = ({ minReward, ...rest }: RawConfig): TemplateConfig => ({
  ...rest,
  minRewardUstx: makeUstx(minReward),
});

export const decodeTemplate = ({ config, ...rest }: RawTemplate): TaskTemplate => ({
  ...rest,
  config: decodeConfig(config),
});

export const decodeQueue = (raw: RawQueue): Queue => ({
  ...raw,
  kind: decodeName(QUEUE_KINDS, raw.kind, 'async-task-factory.get-queue', 'kind'),
  class: decodeName(WORKER_CLASSES, raw.class, 'async-task-factory.get-queue', 'class'),
});

export const decodeTask = (id: bigint, raw: RawTask): Task => ({
  id: makeTaskId(id),
  ...raw,
  deadline: raw.deadline === null ? null : makeUnixSeconds(raw.deadline),
  parents: raw.parents.map(makeTaskId),
  origin: raw.origin === null ? null : makeTaskId(raw.origin),
});

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
