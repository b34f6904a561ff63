import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { CONTRACTS, type Contract, errorName } from '../../helpers/contract-errors.js';
import {
  type AbiFunction,
  call,
  callDeployed,
  contractId,
  deploy,
  expectOk,
} from '../../helpers/contracts.js';
import { registerCoordinator, stateOf } from '../../helpers/tasks.js';
import { ask, execute } from '../scheduler/handlers.js';
import { arena } from './arena.js';
import { mightyScene, powerlessScene, type Reentry } from './mighty.js';
import { callText, isSystemOnly, publicFunctions } from './reentry.js';
import { changesSince, worths } from './worth.js';

type Ends = { readonly [name: string]: string };

const ALL_ROLES = 63n;
const ALL_ACTIVITIES = 255n;
const GETS_IN = 'gets in';
const ABORTS = 'aborts';
const UNDONE = 'undone: queue.ERR_STATE'; // the call ended the attempt, so that the execution cannot be settled

// How the calls end that are not refused. Those of a list get in though their one item is refused.
const WITHOUT_PERMISSION: { readonly [contract in Contract]?: Ends } = {
  queue: { 'complete-tasks': GETS_IN },
  control: {
    'cancel-tasks': GETS_IN,
    'expire-tasks': GETS_IN,
    'reclaim-leases': UNDONE,
    'release-children': GETS_IN,
  },
  scheduler: { 'execute-task': ABORTS, 'trigger-due-tasks': GETS_IN },
  topics: { deliver: GETS_IN },
};

const ends = (how: string, ...names: string[]): Ends => Object.fromEntries(names.map((name) => [name, how]));

const WITH_EVERY_PERMISSION: { readonly [contract in Contract]?: Ends } = {
  registry: ends(
    GETS_IN,
    'pause',
    'reinstate-coordinator',
    'remove-coordinator',
    'set-capacity',
    'set-param',
    'suspend-coordinator',
    'unpause',
    'update-coordinator-permissions',
  ),
  factory: ends(
    GETS_IN,
    'create-queue',
    'create-task-template',
    'create-task-type',
    'set-active',
    'transfer-template',
    'update-task-template',
  ),
  queue: ends(GETS_IN, 'complete-tasks', 'dequeue-from', 'dequeue-task', 'enqueue-task', 'enqueue-tasks'),
  control: {
    ...ends(GETS_IN, 'cancel-task', 'cancel-tasks', 'expire-tasks', 'release-children'),
    'reclaim-leases': UNDONE,
  },
  scheduler: {
    ...ends(GETS_IN, 'cancel-series', 'create-and-schedule', 'create-series', 'skip-next', 'top-up-series'),
    ...ends(GETS_IN, 'trigger-due-tasks'),
    ...ends(ABORTS, 'execute-task', 'execute-tasks'),
  },
  topics: ends(GETS_IN, 'deliver', 'publish', 'subscribe', 'top-up-subscription', 'unsubscribe'),
};

const contracts = (Object.keys(CONTRACTS) as Contract[]).filter(
  (contract) => publicFunctions(contract).length > 0,
);

/** Those that take a permission, not a caller of ours; what others could not do after it comes last. */
function openFunctions(contract: Contract): AbiFunction[] {
  const isFinal = ({ name }: AbiFunction) =>
    /^(cancel-series|remove-coordinator|transfer-template|unsubscribe)$/.test(name);
  const functions = publicFunctions(contract).filter((fn) => !isSystemOnly(contract, fn));
  return [...functions.filter((fn) => !isFinal(fn)), ...functions.filter(isFinal)];
}

const callsOf = (contract: Contract, functions: readonly AbiFunction[]) =>
  functions.map((fn) => callText(contract, fn, contractId('heartbeat-counter')));

/** Executes the task whose handler makes call number `turn`; says how that ended. Only its price may have moved. */
function endOf({ scene, ids }: Reentry, turn: number, by: string): string {
  const id = ids[turn] as bigint;
  const { owner } = stateOf(id);
  const before = worths();
  try {
    const { result } = execute(scene, id, by);
    if ('ok' in result) {
      expect(result.ok).toBe(1000n);
      expect(changesSince(before)).toEqual({ [owner as string]: -1000n, [by]: 1000n });
      const answer = ask('reentrant', 'get-answer', Cl.uint(turn));
      return answer === 0n ? GETS_IN : String(errorName(answer));
    }
    expect(changesSince(before)).toEqual({});
    return `undone: ${result.err}`;
  } catch (error) {
    if (!/CircularReference/.test(String(error))) throw error;
    expect(changesSince(before)).toEqual({});
    return ABORTS;
  }
}

function expected(functions: readonly AbiFunction[], known: Ends = {}): Ends {
  const refusal = expect.stringMatching(/^\w+\.ERR_/);
  return Object.fromEntries(functions.map(({ name }) => [name, known[name] ?? refusal]));
}

describe.each(contracts)('a handler that calls back into the %s', (contract) => {
  it('is refused by every function that takes a permission, whatever its executor may do', () => {
    const functions = publicFunctions(contract);
    const reentry = powerlessScene(callsOf(contract, functions));
    const { deployer } = reentry.scene;
    expectOk(registerCoordinator(deployer, ALL_ROLES));

    const found = functions.map(({ name }, turn) => [name, endOf(reentry, turn, deployer)]);

    expect(Object.fromEntries(found)).toEqual(expected(functions, WITHOUT_PERMISSION[contract]));
  });
});

describe.each(contracts.filter((contract) => openFunctions(contract).length > 0))(
  'a handler with every permission that owns its task and calls back into the %s',
  (contract) => {
    it('moves nothing but the reward of its task, whatever it may do', () => {
      const functions = openFunctions(contract);
      const reentry = mightyScene(callsOf(contract, functions));
      const { alice, deployer } = reentry.scene;

      const found = functions.map(({ name }, turn) => {
        expectOk(call('registry', 'unpause', [ALL_ACTIVITIES], deployer));
        return [name, endOf(reentry, turn, alice)];
      });

      expect(Object.fromEntries(found)).toEqual(expected(functions, WITH_EVERY_PERMISSION[contract]));
    });
  },
);

// Like our vault it holds the rewards of several owners, but it remembers a reward from before the handler runs.
const TILL = `(use-trait task-handler .task-handler-trait.task-handler)
(define-map escrows uint uint)
(define-public (deposit (id uint) (amount uint))
  (begin (map-set escrows id amount) (stx-transfer? amount contract-caller current-contract)))
(define-public (cancel (id uint))
  (let ((escrow (default-to u0 (map-get? escrows id))) (owner contract-caller))
    (map-delete escrows id)
    (as-contract? ((with-stx escrow)) (try! (stx-transfer? escrow tx-sender owner)))))
(define-public (execute (id uint) (handler <task-handler>))
  (let ((escrow (default-to u0 (map-get? escrows id))) (executor contract-caller))
    (try! (contract-call? handler handle-task id 0x))
    (map-delete escrows id)
    (as-contract? ((with-stx escrow)) (try! (stx-transfer? escrow tx-sender executor)))))`;

// Ours in its place: `cancel-task` above only asks the attempt to be the last.
describe('a handler that takes the reward back while it runs', () => {
  it('makes a dispatcher that remembers the reward pay twice, out of what others paid in', () => {
    const till = deploy('till', TILL);
    const body = '(begin (try! (contract-call? .till cancel id)) (ok {result: 0x, again: none}))';
    const before =
      '(define-public (pay-in) (as-contract? ((with-stx u60)) (try! (contract-call? .till deposit u1 u60))))';
    const scene = arena('regretful', { body, before });
    expectOk(callDeployed('till', 'deposit', [Cl.uint(2), Cl.uint(60)], scene.producer));
    expectOk(callDeployed('regretful', 'pay-in', [], scene.stranger));
    const worth = worths();

    expectOk(callDeployed('till', 'execute', [Cl.uint(1), Cl.principal(scene.handler)], scene.alice));

    expect(changesSince(worth)).toEqual({ [till]: -120n, [scene.handler]: 60n, [scene.alice]: 60n });
  });
});
