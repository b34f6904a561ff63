import type { Item } from './making.js';
import { makeAll, planAll } from './making.js';
import type { Model } from './model.js';
import type { TaskData } from './records.js';
import { ACTIVITY, ROLE } from './records.js';
import type { Verdict } from './refusals.js';
import { Refusal } from './refusals.js';
import { assertMay } from './registry.js';

export interface OwnItem extends TaskData {
  readonly template: bigint;
}

const ownItem = (owner: string, item: OwnItem): Item => ({
  ...item,
  ...{ owner, series: 0n, origin: null, clock: 0n, at: 0n },
});

export function enqueueTask(model: Model, by: string, template: bigint, data: TaskData): bigint {
  assertMay(model, by, ROLE.PRODUCER, ACTIVITY.ENQUEUE);
  return makeOne(model, ownItem(by, { ...data, template }));
}

export function enqueueTasks(model: Model, by: string, items: readonly OwnItem[]): readonly Verdict[] {
  assertMay(model, by, ROLE.PRODUCER, ACTIVITY.ENQUEUE);
  return makeAll(
    model,
    planAll(
      model,
      items.map((item) => ownItem(by, item)),
    ),
  );
}

/** Makes one task; its refusal is that of the call. `before` is done once nothing can refuse it any more. */
export function makeOne(model: Model, item: Item, before?: () => void): bigint {
  const plan = planAll(model, [item]);
  const [result] = plan.results;
  if (result && 'err' in result) throw new Refusal(result.err);
  before?.();
  const [answer] = makeAll(model, plan);
  if (!answer || 'err' in answer) throw new Error('the model made no task');
  return answer.ok;
}
