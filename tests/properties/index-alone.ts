import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Plain } from './chain/decode.js';
import { decode } from './chain/decode.js';

/** task-index or task-graph by itself: the only writer it obeys is here a contract that passes every call on. */
export interface Alone {
  /** Makes a call that must return ok; returns its value. */
  readonly write: (name: string, args: ClarityValue[]) => Plain;
  readonly read: (name: string, args: ClarityValue[]) => Plain;
}

/** What the queue tells of one task: where it stands and where it goes. What is not named is nothing. */
export interface Move {
  readonly id: bigint;
  readonly to?: bigint;
  readonly list?: bigint;
  readonly seq?: bigint;
  readonly into?: bigint;
  readonly lane?: bigint;
  readonly clock?: bigint;
  readonly at?: bigint;
  readonly series?: bigint;
  readonly watch?: bigint;
  readonly watched?: boolean;
}

export const INTO = { nowhere: 0n, lane: 1n, due: 2n, letters: 3n } as const;

/** The list of an instant. */
export const bucketOf = (clock: bigint, at: bigint): bigint => 2n ** 64n + clock * 2n ** 40n + at;

/** The list of the dead letters of a queue. */
export const lettersOf = (queue: bigint): bigint => 4096n + queue;

const MOVES = `(list 20 (response {id: uint, topic: (string-ascii 20), to: uint, answer: uint, list: uint, seq: uint,
  into: uint, lane: uint, clock: uint, at: uint, series: uint, watch: uint, watched: bool, credit: bool} uint))`;

/** The contracts called async-queue and task-scheduler of the same deployer are the ones that a copy obeys. */
const PASS_ON = {
  'task-index': `
(define-public (relocate (moves ${MOVES})) (contract-call? .task-index relocate moves))
(define-public (pop-lanes (queue uint) (n uint)) (contract-call? .task-index pop-lanes queue n))
(define-public (set-guard (queue uint) (every uint))
  (contract-call? .task-index set-guards (list {queue: queue, every: every})))
`,
  'task-graph': `
(define-public (update (moves ${MOVES}) (n uint)) (contract-call? .task-graph update moves n))
`,
} as const;

const PROMOTE = `
(define-public (promote (clock uint) (now uint) (n uint)) (contract-call? .task-index promote clock now n))
`;

export function deployAlone(contract: keyof typeof PASS_ON): Alone {
  const deployer = simnet.getAccounts().get('wallet_8') ?? '';
  const source = simnet.getContractSource(`${simnet.deployer}.${contract}`) ?? '';
  // The SDK's types end below Clarity 6.
  const options = { clarityVersion: 6 as 4 };
  simnet.deployContract(contract, source, options, deployer);
  simnet.deployContract('async-queue', PASS_ON[contract], options, deployer);
  if (contract === 'task-index') simnet.deployContract('task-scheduler', PROMOTE, options, deployer);
  return {
    write: (name, args) => {
      const writer = name === 'promote' ? 'task-scheduler' : 'async-queue';
      const outcome = decode(simnet.callPublicFn(`${deployer}.${writer}`, name, args, deployer).result);
      if (outcome === null || typeof outcome !== 'object' || !('ok' in outcome))
        throw new Error(
          `${contract} refused ${name}: ${JSON.stringify(outcome, (_, v) => (typeof v === 'bigint' ? `u${v}` : v))}`,
        );
      return outcome.ok as Plain;
    },
    read: (name, args) =>
      decode(simnet.callReadOnlyFn(`${deployer}.${contract}`, name, args, deployer).result),
  };
}

export const uints = (...values: readonly bigint[]): ClarityValue[] => values.map((value) => Cl.uint(value));

/** A batch as the queue hands it on; null is an item that was refused. */
export function moveList(moves: readonly (Move | null)[]): ClarityValue {
  return Cl.list(moves.map((move) => (move === null ? Cl.error(Cl.uint(1206)) : Cl.ok(moveTuple(move)))));
}

function moveTuple(move: Move): ClarityValue {
  const numbers = {
    ...{ to: 0n, answer: 0n, list: 0n, seq: 0n, into: INTO.nowhere, lane: 0n, clock: 0n, at: 0n },
    ...{ series: 0n, watch: 0n },
  };
  const { watched = false, ...given } = move;
  return Cl.tuple({
    ...Object.fromEntries(
      Object.entries({ ...numbers, ...given }).map(([name, value]) => [name, Cl.uint(value)]),
    ),
    topic: Cl.stringAscii('task-moved'),
    watched: Cl.bool(watched),
    credit: Cl.bool(false),
  });
}
