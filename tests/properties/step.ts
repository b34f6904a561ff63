import type { Call } from './chain/call.js';
import { COMMANDS } from './commands/all.js';
import type { Command, Mining, World } from './commands/command.js';
import type { Dice } from './dice.js';
import type { Journal } from './journal.js';
import { noteTry, noteWrong } from './journal.js';
import type { Stage } from './perform.js';
import { mine, perform } from './perform.js';

const MAX_DRAWS = 50;
/** Steps of filling and of draining take turns, so that lanes grow long and run empty. */
const PHASE_STEPS = 80;
/** Of a hundred steps so many make up for what was never done. */
const NEGLECTED_PERCENT = 15;
/** As long as so many of its tries were accepted, of a hundred, a command may make up for wrong ones. */
const LEAST_PERCENT = 45;
/** Of ten tries of a command these are meant to be refused. */
const WRONG_TRIES: readonly number[] = [2, 5, 8];

type Action = Call | Mining;

/** Draws a command that is possible now and does it. */
export function takeStep(stage: Stage, world: World): void {
  const { dice, step } = world;
  const phase = Math.trunc(step / PHASE_STEPS) % 2;
  if (dice.chance(NEGLECTED_PERCENT) && makeUp(stage, world)) return;
  // The rolls of a step repeat, so its draws may: after these the commands are taken in order. Mining is always possible.
  for (let turn = 0; turn < MAX_DRAWS + COMMANDS.length; turn++) {
    const command = COMMANDS[turn - MAX_DRAWS] ?? drawCommand(dice, phase);
    const action = chooseAction(command, world, stage.journal);
    if (!action) continue;
    noteTry(stage.journal, command.name, act(stage, command, action));
    return;
  }
  throw new Error('no command is possible, not even mining');
}

function act(stage: Stage, command: Command, action: Action): boolean {
  if ('burn' in action) {
    mine(stage, action);
    return true;
  }
  const outcome = perform(stage, action);
  return outcome !== undefined && (command.didSomething?.(outcome.ok) ?? true);
}

function drawCommand(dice: Dice, phase: number): Command {
  const weights = COMMANDS.map(({ weights }) => weights[phase] ?? 0);
  let left = (dice.below(1_000_000) / 1_000_000) * weights.reduce((sum, weight) => sum + weight, 0);
  const drawn = COMMANDS.find((_, i) => {
    left -= weights[i] ?? 0;
    return left < 0;
  });
  return drawn ?? dice.of(COMMANDS[0] as Command, ...COMMANDS.slice(1));
}

/** What the command tries next: a right call, or one of its wrong ones, each in turn when it can be made. */
function chooseAction(command: Command, world: World, journal: Journal): Action | undefined {
  const { tried = 0 } = journal.tries.get(command.name) ?? {};
  const { right, wrong } = command;
  if (right && (wrong.length === 0 || !WRONG_TRIES.includes(tried % 10))) return possible(right(world));
  const turn = Math.trunc(tried / 10) * WRONG_TRIES.length + WRONG_TRIES.indexOf(tried % 10);
  return chooseWrong(
    command,
    [...wrong.keys()].map((i) => (turn + i) % wrong.length),
    world,
    journal,
  );
}

/** A call by nobody cannot be made: no account was as the command asked. */
function possible<T extends Action>(action: T | undefined): T | undefined {
  return action && 'by' in action && action.by === '' ? undefined : action;
}

function chooseWrong(
  { name, wrong }: Command,
  order: readonly number[],
  world: World,
  journal: Journal,
): Call | undefined {
  for (const i of order) {
    const call = possible(wrong[i]?.(world));
    if (!call) continue;
    noteWrong(journal, name, i);
    return call;
  }
  return undefined;
}

/** Does what a command never did: what it is there for, or one of its wrong tries; if any of that is possible now. */
function makeUp(stage: Stage, world: World): boolean {
  const { journal } = stage;
  const neglected = COMMANDS.flatMap((command) => {
    const { tried = 0, accepted = 0 } = journal.tries.get(command.name) ?? {};
    const isNew = command.right !== undefined && accepted === 0;
    const mayBeWrong = command.right === undefined || (tried > 0 && 100 * accepted >= LEAST_PERCENT * tried);
    const order = mayBeWrong ? wrongsNotMade(command, journal) : [];
    return isNew || order.length > 0 ? [{ command, order, isNew }] : [];
  });
  const first = world.dice.below(Math.max(neglected.length, 1));
  for (const { command, order, isNew } of [...neglected.slice(first), ...neglected.slice(0, first)]) {
    const right = isNew ? possible(command.right?.(world)) : undefined;
    const action = right ?? chooseWrong(command, order, world, journal);
    if (!action) continue;
    noteTry(journal, command.name, act(stage, command, action));
    return true;
  }
  return false;
}

function wrongsNotMade({ name, wrong }: Command, journal: Journal): readonly number[] {
  const made = journal.wrongs.get(name);
  return [...wrong.keys()].filter((i) => !made?.has(i));
}
