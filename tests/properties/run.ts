import { carelessOwner, deployCarelessOwner } from './chain/careless-owner.js';
import { deployHandler } from './chain/handler.js';
import { readBalances, readClocks } from './chain/read.js';
import { readSurface } from './chain/surface.js';
import { checkAll } from './check-all.js';
import type { World } from './commands/command.js';
import { isComplete } from './coverage.js';
import { createDice, rollSteps } from './dice.js';
import { createJournal } from './journal.js';
import { createModel } from './model/model.js';
import type { Cast } from './opening.js';
import { openingCalls } from './opening.js';
import type { Stage } from './perform.js';
import { perform } from './perform.js';
import { takeStep } from './step.js';

const FULL_CHECK_EVERY = 50;

export interface RunOptions {
  readonly seed: number;
  /** The least. */
  readonly operations: number;
  /** It goes on until it has seen all there is to see, at most up to so many. */
  readonly most: number;
}

/** Chain and model disagreed; the message tells where, and what was done last. */
export class DisagreementError extends Error {}

/**
 * Makes random calls on the chain, which must be new, and in the model, and compares after each; yields after each how
 * many were made. Throws a `DisagreementError` at the first difference.
 */
export function* runOperations(stage: Stage, { seed, operations, most }: RunOptions): Generator<number> {
  const cast = castOf(simnet.getAccounts());
  const wallets = [cast.deployer, ...cast.producers, ...cast.workers, cast.changing, ...cast.joiners];
  const opening = openingCalls(cast, stage.model.codeHashes);
  let done = 0;
  try {
    for (const call of opening) {
      perform(stage, call);
      yield ++done;
    }
    for (const [step, rolls] of rollSteps(seed, most - done).entries()) {
      if (done >= operations && isComplete(stage.journal, stage.surface)) break;
      const world: World = { model: stage.model, dice: createDice(rolls), wallets, step };
      takeStep(stage, world);
      if ((done + 1) % FULL_CHECK_EVERY === 0) checkAll(stage.model, stage.money);
      yield ++done;
    }
    checkAll(stage.model, stage.money);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const story = stage.journal.lines.join('\n');
    throw new DisagreementError(`operation ${done + 1}, seed ${seed}\n${what}\n\nLast:\n${story}`, {
      cause: error,
    });
  }
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

/** A model of the chain as it is when nothing was called yet. */
export function setStage(): Stage {
  const surface = readSurface();
  const { deployer } = castOf(simnet.getAccounts());
  const handler = deployHandler(deployer);
  deployCarelessOwner(deployer);
  const model = createModel(deployer, readBalances());
  model.now.splice(0, 3, ...readClocks());
  model.codeHashes.set(handler.contract, handler.hash);
  const money = {
    vault: `${deployer}.async-queue`,
    registry: `${deployer}.coordinator-registry`,
    seen: new Map(),
  };
  const names = new Map([...simnet.getAccounts()].map(([name, address]) => [address, name]));
  names.set(carelessOwner(deployer), 'careless-owner');
  return { model, money, surface, journal: createJournal(), names };
}
