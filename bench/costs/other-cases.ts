import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import type { Scene } from './scene.js';
import { WINDOW } from './scene.js';

const AHEAD = 600n;
const SLOTS = 16;

const manage = (name: string, args: (scene: Scene) => ClarityValue[]): Case => ({
  name,
  measure: (scene) => scene.chain.call('coordinator-registry', name, args(scene), scene.admin).cost,
});

type Situation = (scene: Scene) => void;

const view = (
  contract: string,
  name: string,
  args: (scene: Scene) => ClarityValue[],
  set: Situation = () => undefined,
): Case => ({
  name,
  isView: true,
  measure: (scene) => {
    set(scene);
    return scene.chain.view(contract, name, args(scene)).cost;
  },
});

/** Four tasks at four instants of the first window of each clock: the most that is shown. */
const fillWindows: Situation = ({ chain, scheduleNew }) => {
  for (const [clock, now] of [chain.height(), chain.burnHeight(), chain.timeSeconds()].entries()) {
    const start = ((now + AHEAD) / WINDOW + 1n) * WINDOW;
    for (let i = 0n; i < 4n; i++) scheduleNew(clock, start + i);
  }
};

const lease: Situation = (scene) => {
  scene.enqueue();
  scene.dequeue(1, 1);
};

const leaseMany: Situation = (scene) => {
  scene.enqueueMany(SLOTS);
  scene.dequeue(1, SLOTS);
};

const newName = ({ chain }: Scene, word: string) => `${word}-${chain.height().toString().padStart(8, '0')}`;

/** Managing, and the read-only views. */
export const OTHER_CASES: readonly Case[] = [
  manage('register-coordinator', (s) => [Cl.principal(`${s.admin}.${newName(s, 'worker')}`), Cl.uint(2)]),
  manage('update-coordinator-permissions', (s) => [Cl.principal(s.worker), Cl.uint(2)]),
  manage('set-capacity', (s) => [Cl.principal(s.worker), Cl.uint(120)]),
  manage('set-param', () => [Cl.stringAscii('default-capacity'), Cl.uint(8)]),
  manage('propose-owner', (s) => [Cl.principal(s.admin)]),
  manage('accept-owner', () => []),
  {
    name: 'create-task-type',
    measure: ({ chain, producer }) =>
      chain.call(
        'async-task-factory',
        'create-task-type',
        [Cl.stringAscii('t'), Cl.stringAscii('')],
        producer,
      ).cost,
  },
  {
    name: 'create-queue',
    measure: (scene) => {
      const name = Cl.stringAscii(newName(scene, 'q'));
      const args = [name, Cl.uint(0), Cl.uint(0), Cl.bool(false), Cl.uint(0)];
      return scene.chain.call('async-task-factory', 'create-queue', args, scene.admin).cost;
    },
  },
  {
    name: 'create-task-template',
    measure: ({ chain, producer, config }) =>
      chain.call('async-task-factory', 'create-task-template', [Cl.uint(1), config(1)], producer).cost,
  },
  {
    name: 'update-task-template',
    measure: ({ chain, producer, config, template }) => {
      const args = [Cl.uint(template(3)), config(3)];
      return chain.call('async-task-factory', 'update-task-template', args, producer).cost;
    },
  },
  view(
    'async-queue',
    'get-next',
    () => [Cl.uint(0)],
    (scene) => {
      lease(scene);
      fillWindows(scene);
    },
  ),
  view(
    'async-queue',
    'get-queue-status',
    () => [Cl.uint(1)],
    (scene) => void scene.enqueueMany(4),
  ),
  view('async-queue', 'get-state', () => [Cl.uint(1)]),
  view('async-queue', 'get-task', () => [Cl.uint(1)]),
  view('task-scheduler', 'get-scheduled-tasks', () => [], fillWindows),
  view('coordinator-registry', 'get-busy', () => [Cl.uint(0)], lease),
  view(
    'coordinator-registry',
    'get-leases',
    ({ worker }) => [
      Cl.principal(worker),
      Cl.list(Array.from({ length: SLOTS }, (_, slot) => Cl.uint(slot))),
    ],
    leaseMany,
  ),
  view('coordinator-registry', 'get-coordinator-details', ({ worker }) => [Cl.principal(worker)]),
  view('async-task-factory', 'get-task-template', () => [Cl.uint(1)]),
];
