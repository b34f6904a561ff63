import { createHash } from 'node:crypto';
import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Chain } from './measure.js';

/** Queues 0 to 2 hold what is stored; the others are the cases' own. */
export const OWN_QUEUE = 3;
export const ONCHAIN_QUEUE = 4;
export const BONDED_QUEUE = 5;
/** Twenty queues with a guard, each with a template of its own. */
export const GUARDED_QUEUE = 6;
export const MANY = 20;
const QUEUES = GUARDED_QUEUE + MANY;
/** Fills the first page of get-busy, with the people of the scene. */
const OTHER_COORDINATORS = 17;
const PRODUCER = 1;
const WORKER = 2;
const PUBLISHER = 8;
const TEMPLATE_MANAGER = 4;
const CAPACITY = 120;
const BOND_USTX = 1_000_000_000;
const RETRY_DELAY = 3;
/** Instants from one of the spread templates' retries to the next: each is in a window of its own. */
const SPREAD = 129;
export const LEASE = 12n;
export const STEPS = 5;
export const HANDLER = 'bench-handler';
/** Payloads that make the handler go on, fail, or find that it is too early; with any other it succeeds. */
export const GO_ON = '00';
export const FAIL = '0000';
export const NOT_READY = '000000';

/** Reads and writes one variable, the least that a handler of use does. */
const HANDLER_SOURCE = `(impl-trait .task-handler-trait.task-handler)
(define-data-var count uint u0)
(define-public (handle-task (id uint) (payload (buff 1024)))
  (begin
    (var-set count (+ (var-get count) u1))
    (asserts! (not (is-eq (len payload) u2)) (err u7))
    (asserts! (not (is-eq (len payload) u3)) (err u2999))
    (ok {
      result: 0x00,
      again: (if (is-eq (len payload) u1) (some {clock: u0, at: (+ stacks-block-height u500), payload: 0x}) none)
    })))
`;

export interface People {
  readonly admin: string;
  readonly producer: string;
  readonly worker: string;
  /** A worker that joined with a bond. */
  readonly bonded: string;
  /** Somebody who is not registered. */
  readonly newcomer: string;
}

/** The template of a queue. */
export const templateOf = (queue: number): bigint => BigInt(queue + 1);
/** Twenty templates of OWN_QUEUE, each with another retry delay. */
export const spreadTemplate = (i: number): bigint => templateOf(QUEUES + i);
export const guardedTemplate = (i: number): bigint => templateOf(GUARDED_QUEUE + i);

/** Registers everybody, and makes queues and templates. */
export function openRegister(chain: Chain): People {
  const [admin, producer, worker, bonded, newcomer] = [
    'deployer',
    'wallet_1',
    'wallet_2',
    'wallet_3',
    'wallet_4',
  ].map((name) => {
    const address = chain.accounts.get(name);
    if (!address) throw new Error(`settings/Devnet.toml has no account ${name}`);
    return address;
  }) as [string, string, string, string, string];
  const manage = (name: string, ...args: ClarityValue[]) =>
    chain.call('coordinator-registry', name, args, admin);

  manage('register-coordinator', Cl.principal(producer), Cl.uint(PRODUCER + TEMPLATE_MANAGER + PUBLISHER));
  manage('register-coordinator', Cl.principal(worker), Cl.uint(WORKER));
  for (let i = 0; i < OTHER_COORDINATORS; i++)
    manage('register-coordinator', Cl.principal(`${admin}.other-${i}`), Cl.uint(WORKER));
  chain.call('coordinator-registry', 'join-as-worker', [Cl.uint(BOND_USTX)], bonded);
  for (const who of [worker, bonded]) manage('set-capacity', Cl.principal(who), Cl.uint(CAPACITY));
  // Leases that cases let end would stand their worker down.
  manage('set-param', Cl.stringAscii('strike-limit'), Cl.uint(0));

  chain.deploy(HANDLER, HANDLER_SOURCE, admin);
  makeTemplates(chain, admin, producer);
  return { admin, producer, worker, bonded, newcomer };
}

function makeTemplates(chain: Chain, admin: string, producer: string): void {
  const factory = (name: string, args: ClarityValue[], by: string) =>
    chain.call('async-task-factory', name, args, by);
  factory('create-task-type', [Cl.stringAscii('bench'), Cl.stringAscii('')], producer);
  for (let queue = 1; queue < QUEUES; queue++)
    factory(
      'create-queue',
      [
        Cl.stringAscii(`queue-${queue}`),
        Cl.uint(queue === ONCHAIN_QUEUE ? 1 : 0),
        Cl.uint(queue === BONDED_QUEUE ? 1 : 0),
        Cl.bool(false),
        Cl.uint(queue >= GUARDED_QUEUE ? 5 : 0),
      ],
      admin,
    );
  for (let queue = 0; queue < QUEUES; queue++)
    factory('create-task-template', [Cl.uint(1), configOf(admin, queue)], producer);
  for (let i = 0; i < MANY; i++) {
    const fields = { 'retry-delay': Cl.uint(RETRY_DELAY + i * SPREAD), 'retry-cap': Cl.uint(10_000) };
    factory('create-task-template', [Cl.uint(1), configOf(admin, OWN_QUEUE, fields)], producer);
  }
}

/** A template's config, as an argument. */
export function configOf(
  admin: string,
  queue: number,
  fields: Readonly<Record<string, ClarityValue>> = {},
): ClarityValue {
  const isOnchain = queue === ONCHAIN_QUEUE;
  const hash = createHash('sha512-256').update(HANDLER_SOURCE).digest('hex');
  const handler = Cl.tuple({ contract: Cl.contractPrincipal(admin, HANDLER), hash: Cl.bufferFromHex(hash) });
  return Cl.tuple({
    name: Cl.stringAscii('bench'),
    queue: Cl.uint(queue),
    priority: Cl.uint(3),
    'max-priority': Cl.uint(15),
    'max-attempts': Cl.uint(2),
    lease: Cl.uint(LEASE),
    'max-lease': Cl.uint(4_000),
    'retry-delay': Cl.uint(RETRY_DELAY),
    doubling: Cl.bool(true),
    'retry-cap': Cl.uint(100),
    'ttl-seconds': Cl.uint(queue >= GUARDED_QUEUE ? 1_000_000 : 0),
    'min-reward': Cl.uint(0),
    'ramp-blocks': Cl.uint(queue >= GUARDED_QUEUE ? 100 : 0),
    'max-steps': Cl.uint(isOnchain ? STEPS : 1),
    open: Cl.bool(true),
    handler: isOnchain ? Cl.some(handler) : Cl.none(),
    uri: Cl.stringAscii(''),
    ...fields,
  });
}
