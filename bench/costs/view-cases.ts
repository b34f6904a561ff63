import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Case } from './case.js';
import { MANY, OWN_QUEUE } from './register.js';
import type { Scene } from './scene.js';
import { WINDOW } from './scene.js';
import { idList } from './task-data.js';
import { AHEAD } from './time-cases.js';
import { runningTasks } from './work-cases.js';

const SLOTS = 16;
const MAX_PARENTS = 8;
const PAGE = Cl.uint(0);

/** Sets the situation and returns the arguments. */
type Args = (scene: Scene) => ClarityValue[];

const view = (contract: string, name: string, args: Args = () => []): Case => ({
  name,
  isView: true,
  measure: (scene) => {
    const given = args(scene);
    return scene.chain.view(contract, name, given).cost;
  },
});

/** Four tasks at four instants of the first window of each clock: the most that is shown. */
const fillWindows = ({ chain, scheduleNew }: Scene): void => {
  for (const [clock, now] of [chain.height(), chain.burnHeight(), chain.timeSeconds()].entries()) {
    const start = ((now + AHEAD) / WINDOW + 1n) * WINDOW;
    for (let i = 0n; i < 4n; i++) scheduleNew(clock, start + i);
  }
};

const childOfEight = (scene: Scene): bigint => scene.enqueue({ parents: scene.finished(MAX_PARENTS) }).id;

const id = (number: bigint) => [Cl.uint(number)];

/** What anyone may read, each at its dearest. */
export const VIEW_CASES: readonly Case[] = [
  view('task-overview', 'get-next', (scene) => {
    runningTasks(scene, 1);
    fillWindows(scene);
    return [PAGE];
  }),
  view('task-overview', 'get-explain', (scene) => id(childOfEight(scene))),
  view('task-control', 'get-input', () => id(1n)),
  view('async-queue', 'get-task', () => id(1n)),
  view('async-queue', 'get-state', () => id(1n)),
  view('async-queue', 'get-states', (scene) => [idList(scene.enqueueMany(MANY))]),
  view('async-queue', 'get-statuses', (scene) => [idList(scene.enqueueMany(MAX_PARENTS))]),
  view('async-queue', 'get-families', (scene) => {
    const parents = scene.finished(MAX_PARENTS);
    const spots = Array.from({ length: MAX_PARENTS / 2 }, () => ({ parents }));
    return [idList([...scene.enqueueBatch(spots).ids, ...scene.enqueueBatch(spots).ids])];
  }),
  view('async-queue', 'get-queue-status', (scene) => {
    scene.enqueueMany(4);
    return id(1n);
  }),
  view('async-queue', 'get-credits', ({ producer }) => [Cl.principal(producer)]),
  view('async-queue', 'get-prepaid', () => id(1n)),
  view('task-index', 'get-list-page', (scene) => {
    scene.enqueueMany(MANY, { queue: OWN_QUEUE });
    return [Cl.uint(OWN_QUEUE * 16 + 15), PAGE];
  }),
  view('task-scheduler', 'get-scheduled-tasks', (scene) => {
    fillWindows(scene);
    return [];
  }),
  view('task-scheduler', 'get-series', () => id(1n)),
  view('coordinator-registry', 'get-busy', (scene) => {
    runningTasks(scene, 1);
    return [PAGE];
  }),
  view('coordinator-registry', 'get-leases', (scene) => {
    runningTasks(scene, SLOTS);
    const slots = Array.from({ length: SLOTS }, (_, slot) => Cl.uint(slot));
    return [Cl.principal(scene.worker), Cl.list(slots)];
  }),
  view('coordinator-registry', 'get-coordinator-details', ({ worker }) => [Cl.principal(worker)]),
  view('async-task-factory', 'get-task-template', () => id(1n)),
  view('async-task-factory', 'get-execution', () => id(1n)),
];
