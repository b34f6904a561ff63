import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import { configOf, GUARDED_QUEUE, templateOf } from './register.js';
import type { Scene } from './scene.js';

const WORKER = 2;
const SCHEDULE = 16;
const UNBONDING_BLOCKS = 44_000n;
const BOND_USTX = 200_000_000;

type Args = (scene: Scene) => ClarityValue[];

const registry = (scene: Scene, name: string, args: ClarityValue[], by: string) =>
  scene.chain.call('coordinator-registry', name, args, by).cost;

const byAdmin = (name: string, args: Args = () => []): Case => ({
  name,
  measure: (scene) => registry(scene, name, args(scene), scene.admin),
});

const byManager = (name: string, args: Args): Case => ({
  name,
  measure: (scene) => scene.chain.call('async-task-factory', name, args(scene), scene.producer).cost,
});

const byNewcomer = (name: string, args: ClarityValue[] = []): Case => ({
  name,
  measure: (scene) => registry(scene, name, args, scene.newcomer),
});

const newName = ({ chain }: Scene, word: string) => `${word}-${chain.height().toString().padStart(8, '0')}`;
const worker = ({ worker }: Scene) => [Cl.principal(worker)];
/** A template that no case makes tasks from. */
const TEMPLATE = Cl.uint(templateOf(GUARDED_QUEUE + 19));

/** Running the system: people, parameters, queues and templates. */
export const MANAGE_CASES: readonly Case[] = [
  byAdmin('register-coordinator', (s) => [
    Cl.principal(`${s.admin}.${newName(s, 'worker')}`),
    Cl.uint(WORKER),
  ]),
  byAdmin('update-coordinator-permissions', (s) => [...worker(s), Cl.uint(WORKER)]),
  byAdmin('suspend-coordinator', worker),
  byAdmin('reinstate-coordinator', worker),
  byAdmin('remove-coordinator', ({ admin }) => [Cl.principal(`${admin}.other-0`)]),
  byAdmin('set-capacity', (s) => [...worker(s), Cl.uint(120)]),
  byAdmin('set-param', () => [Cl.stringAscii('default-capacity'), Cl.uint(8)]),
  byAdmin('pause', () => [Cl.uint(SCHEDULE)]),
  byAdmin('unpause', () => [Cl.uint(SCHEDULE)]),
  byAdmin('propose-owner', ({ admin }) => [Cl.principal(admin)]),
  byAdmin('accept-owner'),
  byNewcomer('join-as-worker', [Cl.uint(BOND_USTX)]),
  byNewcomer('leave'),
  {
    name: 'withdraw-bond',
    measure: (scene) => {
      scene.chain.mine(UNBONDING_BLOCKS);
      return registry(scene, 'withdraw-bond', [], scene.newcomer);
    },
  },
  byManager('create-task-type', () => [Cl.stringAscii('t'), Cl.stringAscii('')]),
  {
    name: 'create-queue',
    measure: (scene) => {
      const name = Cl.stringAscii(newName(scene, 'q'));
      const args = [name, Cl.uint(0), Cl.uint(0), Cl.bool(false), Cl.uint(0)];
      return scene.chain.call('async-task-factory', 'create-queue', args, scene.admin).cost;
    },
  },
  byManager('create-task-template', ({ admin }) => [Cl.uint(1), configOf(admin, 1)]),
  byManager('update-task-template', ({ admin }) => [TEMPLATE, configOf(admin, 1)]),
  byManager('set-active', () => [TEMPLATE, Cl.bool(true)]),
  byManager('transfer-template', ({ producer }) => [TEMPLATE, Cl.principal(producer)]),
];
