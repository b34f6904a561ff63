import type { Model } from './model.js';
import { tell } from './model.js';
import type { Config, Queue, Template } from './records.js';
import { ACCESS, ACTIVITY, CLASS, ROLE } from './records.js';
import { FACTORY, guard } from './refusals.js';
import { assertMay } from './registry.js';

const MAX_QUEUES = 128;
const MAX_GUARD = 1_000n;
const ONCHAIN = 1n;

export function createTaskType(model: Model, by: string, name: string, uri: string): bigint {
  assertMay(model, by, ROLE.MANAGER, ACTIVITY.MANAGE);
  guard(name.length > 0, FACTORY.BAD_CONFIG);
  const record = { name, uri, owner: by };
  const id = BigInt(model.types.push(record));
  tell(model, 'task-type-created', { id, ...record });
  return id;
}

export function createQueue(model: Model, by: string, queue: Queue): bigint {
  assertMay(model, by, ROLE.ADMIN, ACTIVITY.MANAGE);
  guard(
    queue.name.length > 0 && queue.kind <= 1n && queue.class <= 1n && model.queues.length < MAX_QUEUES,
    FACTORY.BAD_CONFIG,
  );
  guard(queue.guardEvery !== 1n && queue.guardEvery <= MAX_GUARD, FACTORY.BAD_CONFIG);
  guard(
    model.queues.every((other) => other.name !== queue.name),
    FACTORY.NAME_TAKEN,
  );
  const id = BigInt(model.queues.push(queue) - 1);
  tell(model, 'queue-created', { id, ...queue });
  return id;
}

export function createTemplate(model: Model, by: string, taskType: bigint, config: Config): bigint {
  assertMay(model, by, ROLE.MANAGER, ACTIVITY.MANAGE);
  guard(taskType >= 1n && taskType <= BigInt(model.types.length), FACTORY.UNKNOWN_TYPE);
  assertConfig(model, config);
  const template: Template = { owner: by, taskType, active: true, configs: [config] };
  const id = BigInt(model.templates.push(template));
  tell(model, 'task-template-created', { id, config, ...publicRecord(template) });
  return id;
}

export function updateTemplate(model: Model, by: string, id: bigint, config: Config): bigint {
  const template = owned(model, by, id);
  assertConfig(model, config);
  const version = BigInt(template.configs.push(config));
  tell(model, 'task-template-updated', { id, config, ...publicRecord(template) });
  return version;
}

export function setActive(model: Model, by: string, id: bigint, active: boolean): boolean {
  const template = owned(model, by, id);
  template.active = active;
  const topic = active ? 'task-template-activated' : 'task-template-deactivated';
  tell(model, topic, { id, ...publicRecord(template) });
  return true;
}

export function transferTemplate(model: Model, by: string, id: bigint, owner: string): boolean {
  const template = owned(model, by, id);
  template.owner = owner;
  tell(model, 'task-template-transferred', { id, ...publicRecord(template) });
  return true;
}

function owned(model: Model, by: string, id: bigint): Template {
  const template = model.templates[Number(id) - 1];
  guard(template !== undefined, FACTORY.UNKNOWN_TEMPLATE);
  guard(by === template.owner, FACTORY.NOT_OWNER);
  return template;
}

function publicRecord({ owner, taskType, active, configs }: Template) {
  return { owner, taskType, version: BigInt(configs.length), active };
}

export function newestConfig(template: Template): Config {
  const config = template.configs.at(-1);
  if (!config) throw new Error('the model has a template without a config');
  return config;
}

/** The template as `by` may use it. */
export function resolve(
  model: Model,
  id: bigint,
  by: string,
): { readonly version: bigint; readonly config: Config } {
  const template = model.templates[Number(id) - 1];
  guard(template !== undefined, FACTORY.UNKNOWN_TEMPLATE);
  const config = newestConfig(template);
  guard(template.active, FACTORY.INACTIVE);
  guard(config.open || by === template.owner, FACTORY.NOT_ALLOWED);
  return { version: BigInt(template.configs.length), config };
}

/** The mask that the tasks of a queue copy. */
export function accessOf(queue: Queue): bigint {
  return (
    (queue.kind === ONCHAIN ? ACCESS.ONCHAIN : 0n) |
    (queue.class === CLASS.BONDED ? ACCESS.BONDED : 0n) |
    (queue.strict ? ACCESS.STRICT : 0n)
  );
}

/** What the contract stores of a template. */
export function templateRecord(model: Model, template: Template) {
  const config = newestConfig(template);
  const queue = model.queues[Number(config.queue)];
  if (!queue) throw new Error(`the model has no queue ${config.queue}`);
  const { priority, maxPriority, maxAttempts, lease, maxLease, doubling, minReward } = config;
  return {
    ...publicRecord(template),
    open: config.open,
    terms: {
      ...{ queue: config.queue, access: accessOf(queue), guard: queue.guardEvery },
      ...{ priority, maxPriority, maxAttempts, lease, maxLease, doubling, minReward },
      ...{ delay: config.retryDelay, cap: config.retryCap, ttl: config.ttlSeconds },
      ...{ ramp: config.rampBlocks, steps: config.maxSteps },
    },
  };
}

function assertConfig(model: Model, config: Config): void {
  const queue = model.queues[Number(config.queue)];
  guard(queue !== undefined, FACTORY.UNKNOWN_QUEUE);
  const { priority, maxPriority, maxAttempts, lease, maxLease, retryDelay, retryCap, maxSteps } = config;
  guard(
    config.name.length > 0 &&
      priority <= maxPriority &&
      maxPriority <= 15n &&
      maxAttempts >= 1n &&
      maxAttempts <= 20n &&
      lease >= 12n &&
      lease <= 4000n &&
      lease <= maxLease &&
      maxLease <= 40_000n &&
      retryDelay > 0n &&
      retryDelay <= retryCap &&
      retryCap <= 1_000_000n &&
      config.ttlSeconds <= 315_360_000n &&
      config.minReward <= 10n ** 15n &&
      config.rampBlocks <= 1_000_000n &&
      maxSteps >= 1n &&
      maxSteps <= 100n,
    FACTORY.BAD_CONFIG,
  );
  const isOnchain = queue.kind === ONCHAIN;
  guard(isOnchain === (config.handler !== null), FACTORY.KIND_MISMATCH);
  guard(isOnchain || maxSteps === 1n, FACTORY.KIND_MISMATCH);
  guard(config.handler === null || isPinned(model, config.handler), FACTORY.HANDLER_HASH);
}

function isPinned(model: Model, { contract, hash }: NonNullable<Config['handler']>): boolean {
  return model.codeHashes.get(contract) === hash;
}
