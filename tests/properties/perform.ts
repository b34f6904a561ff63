import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import type { Call } from './chain/call.js';
import type { Plain } from './chain/decode.js';
import { decode } from './chain/decode.js';
import { readClocks } from './chain/read.js';
import type { Surface } from './chain/surface.js';
import type { Money } from './check-touched.js';
import { checkTouched } from './check-touched.js';
import type { Mining } from './commands/command.js';
import type { Journal } from './journal.js';
import { noteCall, noteLine, transitionName } from './journal.js';
import type { Model } from './model/model.js';
import { noEffects } from './model/model.js';
import { Refusal } from './model/refusals.js';

export interface Stage {
  readonly model: Model;
  readonly money: Money;
  readonly journal: Journal;
  readonly surface: Surface;
  /** Names for principals in the history. */
  readonly names: ReadonlyMap<string, string>;
}

const BLOCK_SECONDS = 10n;

/** Makes one call on the chain and in the model and compares what came of it; returns the `ok` value if it was one. */
export function perform(stage: Stage, call: Call): { readonly ok: unknown } | undefined {
  const { model, journal } = stage;
  if (call.waitBlocks) mine(stage, { stacks: call.waitBlocks, burn: 0 });
  noteLine(journal, describeCall(stage, call));
  model.effects = noEffects();
  model.now[0] += 1n;
  model.now[2] += BLOCK_SECONDS;
  const { result, events } = simnet.callPublicFn(call.contract, call.name, call.args, call.by);
  const outcome = decode(result);
  noteLine(journal, `   ${Cl.stringify(result).slice(0, 160)}`);
  const expected = predict(call, model);
  if ('err' in expected) agree('the model is untouched', model.effects, noEffects());
  agree(`${call.name} returns`, outcome, expected);
  agree('the clocks', readClocks(), [...model.now]);
  checkEvents(stage, 'ok' in expected ? events : [], events.length);
  checkTouched(model, stage.money, call.ids);
  noteCall(journal, call, 'ok' in expected);
  for (const { from, to } of model.effects.transitions) journal.transitions.add(transitionName(from, to));
  for (const code of [...refusalsIn(expected), ...model.effects.refusals]) journal.refusals.add(code);
  for (const way of model.effects.ways) journal.ways.add(way);
  return 'ok' in expected ? expected : undefined;
}

/** Lets empty blocks pass. */
export function mine(stage: Stage, { stacks, burn }: Mining): void {
  noteLine(stage.journal, `mine ${stacks} Stacks and ${burn} Bitcoin blocks`);
  if (stacks > 0) simnet.mineEmptyStacksBlocks(stacks);
  if (burn > 0) simnet.mineEmptyBurnBlocks(burn);
  const [height, burnHeight, time] = readClocks();
  stage.model.now.splice(0, 3, height, burnHeight, time);
}

function predict(call: Call, model: Model): { readonly ok: unknown } | { readonly err: bigint } {
  try {
    return { ok: call.apply(model) };
  } catch (error) {
    if (error instanceof Refusal) return { err: error.code };
    throw error;
  }
}

/** Its own refusal, or those of the items of a list. */
function refusalsIn(outcome: { readonly ok: unknown } | { readonly err: bigint }): readonly bigint[] {
  if ('err' in outcome) return [outcome.err];
  return Array.isArray(outcome.ok) ? outcome.ok.flatMap((item) => item.err ?? []) : [];
}

type Events = ReturnType<typeof simnet.callPublicFn>['events'];

/** What is printed for each change, in order, with the whole record as it was then; nothing when the call was refused. */
function checkEvents({ model }: Stage, events: Events, count: number): void {
  const told = events
    .filter(({ event, data }) => event === 'print_event' && data.value)
    .map(({ data }) => decode(data.value as ClarityValue));
  agree('the events', told, model.effects.events as unknown as Plain);
  if (events.length === 0) agree('the number of events', count, 0);
}

function describeCall({ names }: Stage, { name, args, by }: Call): string {
  let text = args.map((arg) => Cl.stringify(arg)).join(' ');
  for (const [principal, short] of names) text = text.replaceAll(principal, short);
  return `${names.get(by) ?? by}: (${name} ${text})`;
}
