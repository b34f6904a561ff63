import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import { decode, type Plain } from '../../helpers/clarity.js';
import {
  call,
  callDeployed,
  contractId,
  deploy,
  expectOk,
  type Fields,
  type Outcome,
} from '../../helpers/contracts.js';
import { createLine, type Scene, standardScene } from '../../helpers/scene.js';
import { enqueue } from '../../helpers/tasks.js';

/** A standard scene whose template runs a handler on chain. */
export interface ChainScene extends Scene {
  readonly handler: string; // its principal
}

/** Deploys a handler with this body, which may use `id` and `payload`, and what stands before it. */
export function deployHandler(name: string, body: string, before = ''): string {
  return deploy(
    name,
    `(impl-trait .task-handler-trait.task-handler)
${before}
(define-public (handle-task (id uint) (payload (buff 1024))) ${body})`,
  );
}

export const DONE = '(ok {result: 0xaa, again: none})';

/** Keeps what it saw last. */
export function deployWitness(name = 'witness'): string {
  return deployHandler(
    name,
    `(begin
      (var-set seen (some {id: id, payload: payload, sender: tx-sender, caller: contract-caller}))
      ${DONE})`,
    `(define-data-var seen (optional {id: uint, payload: (buff 1024), sender: principal, caller: principal}) none)
    (define-read-only (get-seen) (var-get seen))`,
  );
}

/** What a read-only function of a contract that a test deployed answers. */
export function ask(name: string, fn: string, ...args: ClarityValue[]): Plain {
  return decode(simnet.callReadOnlyFn(contractId(name), fn, args, simnet.deployer).result);
}

/** A handler as a template names it. */
export function pinned(handler: string): Fields {
  const hash = decode(simnet.execute(`(contract-hash? '${handler})`).result) as { ok: string };
  return { contract: handler, hash: hash.ok };
}

/** A standard scene with an on-chain queue and a template that runs this handler. */
export function chainScene(handler: string, fields: Fields = {}): ChainScene {
  const scene = standardScene();
  const { template } = createLine(scene, 'chain', { kind: 1n }, { handler: pinned(handler), ...fields });
  return { ...scene, template, handler };
}

/** Enqueues a task for the handler of the scene; returns its id. */
export function enqueueWork({ template, producer }: ChainScene, fields: Fields = {}): bigint {
  return expectOk(enqueue(template, fields, producer)) as bigint;
}

export function execute({ handler, alice }: ChainScene, id: bigint, by = alice): Outcome {
  return executeWith(handler, id, by);
}

export function executeWith(handler: string, id: bigint, by: string): Outcome {
  return call('scheduler', 'execute-task', [id, handler], by);
}

export function executeAll(items: readonly (readonly [id: bigint, handler: string])[], by: string): Outcome {
  return call('scheduler', 'execute-tasks', [items.map(([id, h]) => ({ id, h }))], by);
}

/** Runs a handler as a dispatcher would that shields nothing. */
export function dispatchNaively(handler: string, by: string): Outcome {
  deploy(
    'naive-dispatcher',
    `(use-trait task-handler .task-handler-trait.task-handler)
    (define-public (execute (handler <task-handler>)) (contract-call? handler handle-task u1 0x))`,
  );
  return callDeployed('naive-dispatcher', 'execute', [Cl.principal(handler)], by);
}
