import type { Call } from './chain/call.js';
import { deployHandler } from './chain/handler.js';
import { readBalances, readClocks } from './chain/read.js';
import { checkAll } from './check-all.js';
import { COMMANDS } from './commands/all.js';
import type { Command, Mining, World } from './commands/command.js';
import type { Dice } from './dice.js';
import { createDice, rollSteps } from './dice.js';
import type { Journal } from './journal.js';
import { createJournal, isComplete, noteTry } from './journal.js';
import { createModel } from './model/model.js';
import type { Cast } from './opening.js';
import { openingCalls } from './opening.js';
import type { Stage } from './perform.js';
import { mine, perform } from './perform.js';

const FULL_CHECK_EVERY = 50;
const MAX_DRAWS = 50;
/** Steps of filling and of draining take turns, so that lanes grow long and run empty. */
const PHASE_STEPS = 80;

/** A run goes on until it has seen all there is to see, at most for so many times the operations asked for. */
const MOST_TIMES = 3;

/**
 * Runs at least `operations` random calls on the chain and in the model, more while some transition or refusal was not
 * reached yet; throws at the first disagreement.
 */
export function runOperations(
  seed: number,
  operations: number,
): { readonly journal: Journal; readonly stage: Stage } {
  const cast = castOf(simnet.getAccounts());
  const stage = setStage(cast);
  let done = 0;
  try {
    for (const call of openingCalls(cast, stage.model.codeHashes)) {
      perform(stage, call);
      done++;
    }
    for (const [step, rolls] of rollSteps(seed, MOST_TIMES * operations - done).entries()) {
      if (done >= operations && isComplete(stage.journal, COMMANDS.length)) break;
      takeStep(stage, cast, step, createDice(rolls));
      done++;
      if (done % FULL_CHECK_EVERY === 0) checkAll(stage.model, stage.money);
    }
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const story = stage.journal.lines.join('\n');
    throw new Error(
      `operation ${done + 1}, FAC_SEED=${seed} FAC_OPS=${operations}\n${what}\n\nLast:\n${story}`,
      {
        cause: error,
      },
    );
  }
  return { journal: stage.journal, stage };
}

function takeStep(stage: Stage, cast: Cast, step: number, dice: Dice): void {
  const wallets = [cast.deployer, ...cast.producers, ...cast.workers, cast.changing, ...cast.joiners];
  const world: World = { model: stage.model, dice, wallets, step };
  const phase = Math.trunc(step / PHASE_STEPS) % 2;
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

function act(stage: Stage, command: Command, action: Call | Mining): boolean {
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

/** Of ten tries of a command these are meant to be refused. */
const WRONG_TRIES: readonly number[] = [2, 5, 8];

/** What the command tries next: a right call, or one of its wrong ones, each in turn when it can be made. */
function chooseAction(command: Command, world: World, journal: Journal): Call | Mining | undefined {
  const { tried = 0 } = journal.tries.get(command.name) ?? {};
  if (command.wrong.length === 0 || !WRONG_TRIES.includes(tried % 10)) return command.right(world);
  const turn = Math.trunc(tried / 10) * WRONG_TRIES.length + WRONG_TRIES.indexOf(tried % 10);
  for (const i of command.wrong.keys()) {
    const call = command.wrong[(turn + i) % command.wrong.length]?.(world);
    if (call) return call;
  }
  return undefined;
}

function castOf(accounts: ReadonlyMap<string, string>): Cast {
  const wallet = (name: string) => {
    const address = accounts.get(name);
    if (!address) throw new Error(`settings/Devnet.toml has no account ${name}`);
    return address;
  };
  return {
    deployer: wallet('deployer'),
    producers: ['wallet_1', 'wallet_2', 'wallet_3'].map(wallet),
    workers: ['wallet_4', 'wallet_5', 'wallet_6'].map(wallet),
    changing: wallet('wallet_7'),
    joiners: ['wallet_8', 'faucet'].map(wallet),
  };
}

function setStage(cast: Cast): Stage {
  const handler = deployHandler(cast.deployer);
  const model = createModel(cast.deployer, readBalances());
  model.now.splice(0, 3, ...readClocks());
  model.codeHashes.set(handler.contract, handler.hash);
  const vault = `${cast.deployer}.async-queue`;
  const registry = `${cast.deployer}.coordinator-registry`;
  const names = new Map([...simnet.getAccounts()].map(([name, address]) => [address, name]));
  return { model, money: { vault, registry, seen: new Map() }, journal: createJournal(), names };
}
