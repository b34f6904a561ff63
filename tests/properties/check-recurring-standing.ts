import { agree } from './agree.js';
import type { Model } from './model/model.js';
import type { Recurring } from './model/prepaying.js';
import { GATE, isLink } from './model/records.js';
import { SERIES } from './model/series-record.js';
import { lastOf } from './model/topics.js';

/** What must hold of series, topics and subscriptions; the chain's records are known to be the model's. */
export function checkRecurringStanding(model: Model): void {
  checkHeldTasks(model);
  for (const [n, series] of model.series) {
    const isOver = series.status === SERIES.CANCELLED;
    checkMoneyFor(model, `series ${n}`, series, n, isOver ? 0n : series.left);
    if (series.status === SERIES.ENDED) agree(`series ${n} has made its runs`, series.left, 0n);
  }
  checkTopics(model);
}

/** Each running series holds one task, which waits for the slot at which the series stands; no other series holds one. */
function checkHeldTasks(model: Model): void {
  const holding = [...model.series].flatMap(([n, { status, task, clock, at }]) =>
    status === SERIES.RUNNING ? `series ${n}: task ${task} at ${at} of clock ${clock}` : [],
  );
  const held = [...model.states].flatMap(([id, state]) =>
    isLink(state) ? `series ${state.series}: task ${id} at ${state.at} of clock ${state.clock}` : [],
  );
  agree('the tasks that series hold', held.sort(), holding.sort());
  for (const [id, state] of model.states)
    if (isLink(state)) agree(`held task ${id} is due`, { gate: state.gate, isPlaced: state.seq > 0n }, DUE);
}

const DUE = { gate: GATE.TIME, isPlaced: true };

/** What is prepaid is the money for the runs left, as long as a run of its template costs what it always did. */
function checkMoneyFor(
  model: Model,
  what: string,
  { template, reward }: Recurring,
  account: bigint,
  runsLeft: bigint,
): void {
  const steps = new Set(model.templates[Number(template) - 1]?.configs.map(({ maxSteps }) => maxSteps));
  const [always] = steps;
  if (always === undefined || steps.size > 1) return;
  agree(`${what} has the money for its runs`, model.prepaid.get(account) ?? 0n, runsLeft * reward * always);
}

/** Delivery is never ahead of what was published, nor beyond the places there are. */
function checkTopics(model: Model): void {
  const accounts = new Set<bigint>();
  for (const topic of model.topics.values()) {
    const { name, cursor, delivered, free, places, waitHead, waits } = topic;
    agree(`${name} is not ahead`, delivered <= lastOf(topic) && cursor <= BigInt(places.length), true);
    agree(`${name} looks at those who wait`, waitHead <= BigInt(waits.length), true);
    agree(`${name} is at the start unless it lags`, delivered < lastOf(topic) || cursor === 0n, true);
    const empty = places.flatMap((place, index) => (place === null ? [BigInt(index)] : []));
    agree(`the free places of ${name}`, [...free].sort(byNumber), empty);
    for (const [index, subscription] of places.entries()) {
      if (!subscription) continue;
      const what = `subscription ${index} of ${name}`;
      agree(`${what} began at a publication`, subscription.from <= lastOf(topic), true);
      agree(`${what} has an account of its own`, accounts.has(subscription.account), false);
      accounts.add(subscription.account);
      checkMoneyFor(model, what, subscription, subscription.account, subscription.left);
    }
  }
}

const byNumber = (a: bigint, b: bigint) => Number(a - b);
