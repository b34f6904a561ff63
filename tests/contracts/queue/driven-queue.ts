import type { Plain } from '../../helpers/clarity.js';
import { decode } from '../../helpers/clarity.js';
import { CONTRACTS, type Contract, sourceOf } from '../../helpers/contract-errors.js';
import {
  account,
  argsOf,
  callDeployed,
  contractId,
  deploy,
  expectOk,
  type Fields,
  functionsOf,
  type Outcome,
} from '../../helpers/contracts.js';
import { clarityType } from '../../helpers/proxy.js';
import { config, taskData } from '../../helpers/tasks.js';

const COPIED: readonly Contract[] = ['registry', 'factory', 'index', 'graph', 'queue'];
const DRIVER = 'queue-driver';

const copyOf = (contract: Contract) => `driven-${CONTRACTS[contract]}`;

/** A copy of the queue, and of what it calls, that takes a contract of ours for task-control. */
export interface DrivenQueue {
  readonly vault: string;
  readonly owner: string; // has every permission in the copies
  readonly enqueue: (fields?: Fields) => bigint;
  readonly dequeue: () => Outcome;
  /** Writes the states as they are named, with moves that leave the tasks where they are. */
  readonly transact: (
    changes: readonly { readonly id: bigint; readonly next: Fields; readonly to?: bigint }[],
    money?: { readonly paidIn?: bigint; readonly payee?: string; readonly paidOut?: bigint },
  ) => Outcome;
  readonly stateOf: (id: bigint) => Fields;
}

export function deployDrivenQueue(): DrivenQueue {
  for (const contract of COPIED) deploy(copyOf(contract), renamed(sourceOf(contract)));
  deploy(DRIVER, forward('transact'));
  const owner = account('deployer');
  const call = (contract: Contract, name: string, args: readonly Plain[]) =>
    callDeployed(copyOf(contract), name, argsOf(contract, name, args), owner);
  expectOk(call('registry', 'register-coordinator', [owner, 63n]));
  expectOk(call('factory', 'create-task-type', ['echo', '']));
  expectOk(call('factory', 'create-task-template', [1n, config()]));
  return {
    vault: contractId(copyOf('queue')),
    owner,
    enqueue: (fields = {}) => expectOk(call('queue', 'enqueue-task', [1n, taskData(fields)])) as bigint,
    dequeue: () => call('queue', 'dequeue-task', []),
    transact: (changes, { paidIn = 0n, payee = owner, paidOut = 0n } = {}) => {
      const moves = changes.map(({ id, next, to }) => ({ ok: { ...MOVE, id, to: to ?? next.status } }));
      const args = [moves, changes.map(({ next }) => next), owner, paidIn, payee, paidOut];
      return callDeployed(DRIVER, 'transact', argsOf('queue', 'transact', args as Plain[]), owner);
    },
    stateOf: (id) => {
      const args = argsOf('queue', 'get-state', [id]);
      return decode(simnet.callReadOnlyFn(copyOf('queue'), 'get-state', args, owner).result) as Fields;
    },
  };
}

const MOVE = {
  ...{
    topic: 'task-moved',
    answer: 7n,
    list: 0n,
    seq: 0n,
    into: 0n,
    lane: 5n,
    clock: 0n,
    at: 0n,
    series: 0n,
  },
  ...{ watch: 0n, watched: false, credit: false },
};

function renamed(source: string): string {
  return COPIED.reduce(
    (text, contract) =>
      text.replaceAll(new RegExp(`\\.${CONTRACTS[contract]}\\b`, 'g'), `.${copyOf(contract)}`),
    source,
  ).replaceAll('.task-control', `.${DRIVER}`);
}

function forward(name: string): string {
  const { args } = functionsOf('queue').find((candidate) => candidate.name === name) ?? { args: [] };
  const parameters = args.map((arg) => `(${arg.name} ${clarityType(arg.type)})`).join(' ');
  const names = args.map((arg) => arg.name).join(' ');
  return `(define-public (${name} ${parameters}) (contract-call? .${copyOf('queue')} ${name} ${names}))`;
}
