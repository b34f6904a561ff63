import { Cl } from '@stacks/transactions';
import { call, callDeployed, contractId, expectOk } from '../../helpers/contracts.js';
import { ROLE, registerCoordinator } from '../../helpers/tasks.js';
import { enqueueWork } from '../scheduler/handlers.js';
import { startSeries } from '../scheduler/series.js';
import { createTopic, publish, subscribe } from '../topics/topics.js';
import { type Arena, arena, dataText } from './arena.js';
import { callerOf, inOwnName } from './reentry.js';

const ALL_ROLES = 63n;

const DATA = dataText(1000);

// It owns the tasks that it is run for, one that it has leased and two that it may lease, a series, and a
// topic that it subscribes to itself.
const PREPARE = `(define-public (enqueue (payload (buff 1024))) (as-contract? ((with-stx u1000))
  (try! (contract-call? .async-queue enqueue-task u2 (merge ${DATA} {payload: payload})))))
(define-public (prepare) (as-contract? ((with-stx u8000))
  (begin
    (try! (contract-call? .async-queue enqueue-task u1 ${DATA}))
    (try! (contract-call? .async-queue enqueue-task u1 ${DATA}))
    (try! (contract-call? .async-queue enqueue-task u1 ${DATA}))
    (try! (contract-call? .async-queue dequeue-task))
    (try! (contract-call? .task-scheduler create-series u2 u0 (+ stacks-block-height u500) u10 u3 u1000 u0 true 0x00))
    (try! (contract-call? .task-topics create-topic "prices"))
    (try! (contract-call? .task-topics subscribe "prices" u2 u1000 u2))
    (try! (contract-call? .task-topics publish "prices" 0x01)))))`;

const payloadOf = (turn: number) => `0x${turn.toString(16).padStart(2, '0')}`;

export interface Reentry {
  readonly scene: Arena;
  readonly ids: readonly bigint[]; // of a task for each call
}

/** A handler without permissions, and the tasks of a producer that has all that the calls are aimed at. */
export function powerlessScene(calls: readonly string[]): Reentry {
  const scene = arena('reentrant', callerOf(calls));
  const ids = calls.map((_, turn) => enqueueWork(scene, { payload: payloadOf(turn) }));
  startSeries(scene, { runs: 2n, at: 900n });
  expectOk(registerCoordinator(scene.stranger, ROLE.publisher));
  expectOk(createTopic(scene.stranger));
  expectOk(subscribe(scene));
  expectOk(publish(scene.stranger));
  return { scene, ids };
}

/** A handler with every permission that owns its tasks and its template, and calls in its own name. */
export function mightyScene(calls: readonly string[]): Reentry {
  const { body, before } = callerOf(calls.map(inOwnName));
  const scene = arena('reentrant', { body, before: `${before}\n${PREPARE}` });
  simnet.transferSTX(1_000_000, scene.handler, scene.stranger);
  expectOk(registerCoordinator(scene.handler, ALL_ROLES));
  expectOk(call('registry', 'set-param', ['open-execute', 1n], scene.deployer));
  expectOk(call('factory', 'transfer-template', [scene.template, contractId('reentrant')], scene.manager));
  const ids = calls.map((_, turn) => {
    const payload = Cl.bufferFromHex(payloadOf(turn).slice(2));
    return expectOk(callDeployed('reentrant', 'enqueue', [payload], scene.stranger)) as bigint;
  });
  expectOk(callDeployed('reentrant', 'prepare', [], scene.stranger));
  return { scene, ids };
}
