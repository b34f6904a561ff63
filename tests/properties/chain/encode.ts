import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Completion } from '../model/leases.js';
import type { OwnItem } from '../model/producing.js';
import type { Config, TaskData } from '../model/records.js';

export const uints = (values: readonly bigint[]) => Cl.list(values.map((value) => Cl.uint(value)));

const optionalUint = (value: bigint | null) => (value === null ? Cl.none() : Cl.some(Cl.uint(value)));
const optionalHex = (value: string | null) => (value === null ? Cl.none() : Cl.some(Cl.bufferFromHex(value)));

/** A producer's request as the contract takes it. */
export const encodeData = (data: TaskData): ClarityValue => Cl.tuple(dataFields(data));

/** One of the requests of `enqueue-tasks`. */
export const encodeItem = (item: OwnItem): ClarityValue =>
  Cl.tuple({ ...dataFields(item), template: Cl.uint(item.template) });

export const encodeCompletion = ({ id, attempt, result }: Completion): ClarityValue =>
  Cl.tuple({ id: Cl.uint(id), attempt: Cl.uint(attempt), result: Cl.bufferFromHex(result) });

export const dataFields = (data: TaskData) => ({
  priority: optionalUint(data.priority),
  reward: Cl.uint(data.reward),
  'reward-min': optionalUint(data.rewardMin),
  deadline: optionalUint(data.deadline),
  hold: Cl.bool(data.hold),
  tag: optionalHex(data.tag),
  key: optionalHex(data.key),
  parents: uints(data.parents),
  'after-items': uints(data.afterItems),
  lax: Cl.bool(data.lax),
  payload: Cl.bufferFromHex(data.payload),
});

/** A template's config as the contract takes it. */
export function encodeConfig(config: Config): ClarityValue {
  return Cl.tuple({
    name: Cl.stringAscii(config.name),
    queue: Cl.uint(config.queue),
    priority: Cl.uint(config.priority),
    'max-priority': Cl.uint(config.maxPriority),
    'max-attempts': Cl.uint(config.maxAttempts),
    lease: Cl.uint(config.lease),
    'max-lease': Cl.uint(config.maxLease),
    'retry-delay': Cl.uint(config.retryDelay),
    doubling: Cl.bool(config.doubling),
    'retry-cap': Cl.uint(config.retryCap),
    'ttl-seconds': Cl.uint(config.ttlSeconds),
    'min-reward': Cl.uint(config.minReward),
    'ramp-blocks': Cl.uint(config.rampBlocks),
    'max-steps': Cl.uint(config.maxSteps),
    open: Cl.bool(config.open),
    handler: config.handler
      ? Cl.some(
          Cl.tuple({
            contract: Cl.principal(config.handler.contract),
            hash: Cl.bufferFromHex(config.handler.hash),
          }),
        )
      : Cl.none(),
    uri: Cl.stringAscii(config.uri),
  });
}
