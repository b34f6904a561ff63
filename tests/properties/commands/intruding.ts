import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Call } from '../chain/call.js';
import { makeCall } from '../chain/call.js';
import { uints } from '../chain/encode.js';
import { isUnfinished, MAX_INSTANT } from '../model/records.js';
import { CONTROL, FACTORY, GRAPH, guard, INDEX, QUEUE, REGISTRY, SCHEDULER } from '../model/refusals.js';
import type { Command, World } from './command.js';
import { idsWhere, someone } from './command.js';

/** An account that tries a door, a task that it names, and the owner of that task. */
interface Intruder {
  readonly by: string;
  readonly id: bigint;
  readonly owner: string;
}

type Arguments = (intruder: Intruder, world: World) => readonly ClarityValue[];

/** Functions that only another contract may call, with arguments that would pay off. */
const DOORS: readonly (readonly [contract: string, name: string, code: bigint, args: Arguments])[] = [
  [
    'coordinator-registry',
    'open-leases',
    REGISTRY.SYSTEM_ONLY,
    ({ by, id }) => [who(by), uints([id]), u(9), u(1)],
  ],
  [
    'coordinator-registry',
    'close-leases',
    REGISTRY.SYSTEM_ONLY,
    ({ by }) => [who(by), uints([0n]), u(1), u(0), u(900)],
  ],
  ['coordinator-registry', 'lose-leases', REGISTRY.SYSTEM_ONLY, ({ by }) => [Cl.list([lossOf(by)]), who(by)]],
  ['async-task-factory', 'make-all', FACTORY.QUEUE_ONLY, () => [NONE, NONE]],
  ['task-index', 'relocate', INDEX.QUEUE_ONLY, () => [NONE]],
  ['task-index', 'pop-lanes', INDEX.QUEUE_ONLY, () => [u(0), u(1)]],
  ['task-index', 'set-guards', INDEX.QUEUE_ONLY, () => [Cl.list([Cl.tuple({ queue: u(0), every: u(2) })])]],
  ['task-index', 'promote', INDEX.QUEUE_ONLY, (_, { dice }) => [u(dice.below(3)), u(MAX_INSTANT), u(20)]],
  ['task-graph', 'update', GRAPH.QUEUE_ONLY, () => [NONE, u(12)]],
  ['async-queue', 'transact', QUEUE.SYSTEM_ONLY, ({ by }) => [NONE, NONE, who(by), u(0), who(by), u(1)]],
  ['async-queue', 'begin-execution', QUEUE.SYSTEM_ONLY, ({ by, id }) => [u(id), who(by), u(9)]],
  ['async-queue', 'settle-execution', QUEUE.SYSTEM_ONLY, ({ by, id }) => [u(id), who(by), u(9), u(0), BYTES]],
  ['async-queue', 'enqueue-for', QUEUE.SYSTEM_ONLY, () => [NONE]],
  ['async-queue', 'take-children', QUEUE.SYSTEM_ONLY, () => [u(1)]],
  ['async-queue', 'fund-series', QUEUE.SYSTEM_ONLY, ({ owner }) => [who(owner), u(1), u(1)]],
  ['async-queue', 'drain-series', QUEUE.SYSTEM_ONLY, ({ by }) => [u(1), who(by)]],
  ['task-control', 'hold-until', CONTROL.SCHEDULER_ONLY, ({ owner, id }) => [who(owner), u(id), u(0), u(1)]],
  ['task-control', 'hold-open', CONTROL.SCHEDULER_ONLY, ({ owner, id }) => [who(owner), u(id)]],
  ['task-control', 'cancel-for', CONTROL.SCHEDULER_ONLY, ({ owner, id }) => [who(owner), u(id)]],
  ['task-control', 'cancel-occurrence', CONTROL.SCHEDULER_ONLY, ({ owner, id }) => [who(owner), u(id)]],
  [
    'task-control',
    'defer',
    CONTROL.SCHEDULER_ONLY,
    ({ id }) => [Cl.list([Cl.tuple({ id: u(id), at: u(1) })])],
  ],
  [
    'task-control',
    'release-held',
    CONTROL.SCHEDULER_ONLY,
    ({ id }) => [Cl.list([Cl.tuple({ id: u(id), input: BYTES })])],
  ],
  ['task-control', 'fail-execution', CONTROL.SCHEDULER_ONLY, ({ id }) => [u(id), u(10), u(1)]],
  [
    'task-control',
    'continue-execution',
    CONTROL.SCHEDULER_ONLY,
    ({ by, id }) => [u(id), who(by), u(0), u(9), BYTES, BYTES],
  ],
  [
    'task-scheduler',
    'execute-one',
    SCHEDULER.SELF_ONLY,
    ({ by, id }, { model }) => [
      Cl.tuple({ id: u(id), h: who([...model.codeHashes.keys()][0] ?? '') }),
      who(by),
    ],
  ],
];

const NONE = Cl.list([]);
const BYTES = Cl.bufferFromHex('0b');
const u = (value: bigint | number) => Cl.uint(value);
const who = (principal: string) => Cl.principal(principal);
const lossOf = (worker: string) =>
  Cl.some(Cl.tuple({ worker: who(worker), slot: u(0), claimed: u(0), reward: u(1_000) }));

/** `contract function`, of what no account may call. */
export const SYSTEM_ONLY: readonly string[] = DOORS.map(([contract, name]) => `${contract} ${name}`);

export const intrude: Command = {
  name: 'use a door of the system',
  weights: [1, 1],
  wrong: DOORS.map(([contract, name, code, args]) => (world: World): Call | undefined => {
    const by = someone(world);
    const id = world.dice.pick(idsWhere(world.model, isUnfinished));
    if (id === undefined) return undefined;
    const owner = world.model.states.get(id)?.owner ?? by;
    return makeCall([contract, name], by, [...args({ by, id, owner }, world)], () => guard(false, code), [
      id,
    ]);
  }),
};
