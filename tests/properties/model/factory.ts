import type { Model } from './model.js';
import type { Config, Queue, Template } from './records.js';
import { ROLE } from './records.js';
import { FACTORY, guard, REGISTRY } from './refusals.js';
import { hasRole, mayAdminister } from './registry.js';

export function createTaskType(model: Model, by: string, name: string, uri: string): bigint {
  guard(hasRole(model, by, ROLE.MANAGER), REGISTRY.ROLE);
  guard(name.length > 0, FACTORY.BAD_CONFIG);
  return BigInt(model.types.push({ name, uri, owner: by }));
}

export function createQueue(model: Model, by: string, queue: Queue): bigint {
  guard(mayAdminister(model, by), REGISTRY.ROLE);
  guard(
    queue.name.length > 0 && queue.kind <= 1n && queue.class <= 1n && model.queues.length < 128,
    FACTORY.BAD_CONFIG,
  );
  guard(queue.guardEvery === 0n, FACTORY.NOT_YET);
  guard(
    model.queues.every((other) => other.name !== queue.name),
    FACTORY.NAME_TAKEN,
  );
  return BigInt(model.queues.push(queue) - 1);
}

export function createTemplate(model: Model, by: string, taskType: bigint, config: Config): bigint {
  guard(hasRole(model, by, ROLE.MANAGER), REGISTRY.ROLE);
  guard(taskType >= 1n && taskType <= BigInt(model.types.length), FACTORY.UNKNOWN_TYPE);
  assertConfig(model, config);
  return BigInt(model.templates.push({ owner: by, taskType, configs: [config] }));
}

export function updateTemplate(model: Model, by: string, id: bigint, config: Config): bigint {
  const template = model.templates[Number(id) - 1];
  guard(template !== undefined, FACTORY.UNKNOWN_TEMPLATE);
  guard(by === template.owner, FACTORY.NOT_OWNER);
  assertConfig(model, config);
  return BigInt(template.configs.push(config));
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
  guard(config.open || by === template.owner, FACTORY.NOT_ALLOWED);
  return { version: BigInt(template.configs.length), config };
}

function assertConfig(model: Model, config: Config): void {
  const queue = model.queues[Number(config.queue)];
  guard(queue !== undefined, FACTORY.UNKNOWN_QUEUE);
  const { priority, maxPriority, maxAttempts, lease, maxLease, retryDelay, retryCap } = config;
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
      retryCap <= 1_000_000n,
    FACTORY.BAD_CONFIG,
  );
  guard(
    queue.kind === 0n && config.ttlSeconds === 0n && config.rampBlocks === 0n && config.maxSteps === 1n,
    FACTORY.NOT_YET,
  );
}
