import { Cl } from '@stacks/transactions';
import {
  account,
  callDeployed,
  contractId,
  deploy,
  expectOk,
  type Fields,
  read,
} from '../../helpers/contracts.js';
import { createTemplate } from '../../helpers/tasks.js';
import {
  type ChainScene,
  chainScene,
  DONE,
  deployHandler,
  enqueueWork,
  pinned,
} from '../scheduler/handlers.js';

/** A chain scene with something to lose for everybody, and a second template, whose handler does no harm. */
export interface Arena extends ChainScene {
  readonly thief: string; // to whom handlers send what they get hold of
  readonly naive: string; // a dispatcher that shields nothing
  readonly innocent: ChainScene; // with the same people
}

export interface Attack {
  readonly body: string; // may use `id`, `payload`, THIEF and EXECUTOR
  readonly before?: string; // what stands before it in the contract
  readonly fields?: Fields; // of its template
}

export const COIN = '.loot.coin';
export const DEED = '.loot.deed';
export const GIFT = 100n; // uSTX that each contract is given, and coins that everybody has

// The owner of a token is whoever signs, as in most token contracts.
const LOOT = `(define-fungible-token coin)
(define-non-fungible-token deed uint)
(define-data-var last uint u0)
(define-public (mint (to principal))
  (begin
    (var-set last (+ (var-get last) u1))
    (try! (ft-mint? coin u${GIFT} to))
    (nft-mint? deed (var-get last) to)))
(define-public (transfer-coins (amount uint) (from principal) (to principal))
  (begin (asserts! (is-eq tx-sender from) (err u4)) (ft-transfer? coin amount from to)))
(define-public (transfer-deed (id uint) (from principal) (to principal))
  (begin (asserts! (is-eq tx-sender from) (err u4)) (nft-transfer? deed id from to)))`;

const NAIVE = `(use-trait task-handler .task-handler-trait.task-handler)
(define-public (dispatch (handler <task-handler>) (id uint) (payload (buff 1024)))
  (contract-call? handler handle-task id payload))
(define-public (dispatch-as-self (handler <task-handler>) (id uint) (payload (buff 1024)))
  (as-contract? ((with-all-assets-unsafe)) (try! (contract-call? handler handle-task id payload))))`;

/** Sets up the people, the attacker under this name, and what there is to steal. */
export function arena(name: string, { body, before = '', fields = {} }: Attack): Arena {
  const thief = account('wallet_8');
  deploy('loot', LOOT);
  const naive = deploy('naive', NAIVE);
  const known = `(define-constant THIEF '${thief}) (define-constant EXECUTOR '${account('wallet_3')})`;
  const handler = deployHandler(name, body, `${known}\n${before}`);
  const scene = chainScene(handler, fields);
  const contracts = [contractId('scheduler'), contractId('registry'), scene.vault, naive, handler];
  for (const contract of contracts) simnet.transferSTX(GIFT, contract, scene.stranger);
  for (const who of [...contracts, scene.alice, scene.producer, scene.stranger]) {
    expectOk(callDeployed('loot', 'mint', [Cl.principal(who)], scene.deployer));
  }
  return { ...scene, thief, naive, innocent: innocentScene(scene) };
}

/** What a contract asks for when it enqueues, as Clarity text. */
export function dataText(reward: number): string {
  return `{priority: none, reward: u${reward}, reward-min: none, deadline: none, hold: false, tag: none, key: none,
    parents: (list), after-items: (list), lax: false, payload: 0x00}`;
}

/** Another template in the queue of a scene, whose handler only answers. */
function innocentScene(scene: ChainScene): ChainScene {
  const handler = deployHandler('innocent', DONE);
  const queue = read('factory', 'get-queue-id', 'chain');
  const template = createTemplate(scene.taskType, { queue, handler: pinned(handler) }, scene.manager);
  return { ...scene, handler, template };
}

/** Runs the attacker as the naive dispatcher does: as whoever calls it, or as itself with all that it holds. */
export function dispatchNaively({ handler }: Arena, by: string, as: 'caller' | 'self' = 'caller', id = 1n) {
  const args = [Cl.principal(handler), Cl.uint(id), Cl.bufferFromHex('00')];
  return callDeployed('naive', as === 'caller' ? 'dispatch' : 'dispatch-as-self', args, by);
}

/** Enqueues an innocent task, one of the attacker, and an innocent one, as the items of a batch. */
export function mixedBatch(scene: Arena, fields: Fields = {}): [id: bigint, handler: string][] {
  return [
    [enqueueWork(scene.innocent), scene.innocent.handler],
    [enqueueWork(scene, fields), scene.handler],
    [enqueueWork(scene.innocent), scene.innocent.handler],
  ];
}
