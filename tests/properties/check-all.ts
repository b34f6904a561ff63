import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import { readClocks, readRecord, readView, uint } from './chain/read.js';
import type { Money } from './check-touched.js';
import { checkLine, checkMoney, checkTask, checkWorker } from './check-touched.js';
import type { Model } from './model/model.js';
import { CLOCKS } from './model/records.js';
import { leasesHeld, workerOf, workerRecord } from './model/registry.js';
import { dueInstants, nextDue } from './model/scheduler.js';
import { dueKey } from './model/tasks.js';

const WORD_BITS = 128n;
const LANES = 16n;
const LEVELS = [0n, 1n, 2n, 3n, 4n];
const PAGE = 20;

/** Every record of every contract, and the views that keepers read. */
export function checkAll(model: Model, money: Money): void {
  for (let id = 1n; id <= BigInt(model.tasks.size) + 1n; id++) checkTask(model, money, id);
  checkMoney(model, money);
  checkCoordinators(model);
  checkFactory(model);
  for (const key of model.lines.keys()) checkLine(model, key);
  checkSlots(model);
  checkWords(model);
  checkRadix(model);
  checkViews(model);
}

function checkCoordinators(model: Model): void {
  for (const [who, record] of model.coordinators) {
    agree(`coordinator ${who}`, readRecord('coordinator', Cl.principal(who)), record);
    checkWorker(model, who);
  }
}

function checkFactory(model: Model): void {
  for (const [i, taskType] of model.types.entries())
    agree(`task type ${i + 1}`, readRecord('taskType', uint(i + 1)), taskType);
  for (let i = 0; i <= model.queues.length; i++)
    agree(`queue ${i}`, readRecord('queue', uint(i)), model.queues[i] ?? null);
  for (const [i, { owner, taskType, configs }] of model.templates.entries()) {
    const record = { owner, taskType, version: BigInt(configs.length), active: true };
    agree(`template ${i + 1}`, readRecord('template', uint(i + 1)), record);
    for (const [v, config] of configs.entries()) {
      const key = Cl.tuple({ template: Cl.uint(i + 1), version: Cl.uint(v + 1) });
      agree(`version ${v + 1} of template ${i + 1}`, readRecord('config', key), config);
    }
  }
}

/** Each task stands where its state says, and its place holds it. */
function checkSlots(model: Model): void {
  for (const [list, line] of model.lines)
    for (const { seq, id } of line.live) {
      const state = model.states.get(id);
      agree(`the place of task ${id}`, { list: state?.list, seq: state?.seq }, { list, seq });
      const key = Cl.tuple({ list: Cl.uint(list), seq: Cl.uint(seq) });
      const value = isLane(list) ? id : (state?.lane ?? 0n) * 2n ** 96n + id;
      agree(`slot ${seq} of list ${list}`, readRecord('slot', key), value);
    }
}

const isLane = (list: bigint) => list < 2n ** 64n;

function laneWords(model: Model): readonly bigint[] {
  const words = Array.from({ length: 16 }, () => 0n);
  for (const [key, line] of model.lines)
    if (isLane(key) && line.live.length > 0)
      words[Number(key / WORD_BITS)] = (words[Number(key / WORD_BITS)] ?? 0n) | (1n << (key % WORD_BITS));
  return words;
}

function checkWords(model: Model): void {
  for (const [i, word] of laneWords(model).entries())
    agree(`occupancy word ${i}`, readRecord('word', uint(i)) ?? 0n, word);
}

/** A bit of a node is set exactly when a task waits at an instant below it. */
function checkRadix(model: Model): void {
  for (const clock of CLOCKS) {
    const first = dueKey({ clock, at: 0n });
    let used = [...model.lines.keys()]
      .filter((key) => key >= first && key < first + 2n ** 40n)
      .map((key) => key - first);
    let due = dueInstants(model, clock);
    for (const level of LEVELS) {
      const nodes = new Map(used.map((at) => [at / WORD_BITS, 0n]));
      for (const at of due)
        nodes.set(at / WORD_BITS, (nodes.get(at / WORD_BITS) ?? 0n) | (1n << (at % WORD_BITS)));
      for (const [node, word] of nodes) {
        const key = Cl.tuple({ clock: Cl.uint(clock), level: Cl.uint(level), node: Cl.uint(node) });
        agree(`node ${node} of level ${level}, clock ${clock}`, readRecord('radix', key) ?? 0n, word);
      }
      used = [...nodes.keys()];
      due = [...nodes].filter(([, word]) => word > 0n).map(([node]) => node);
    }
  }
}

function checkViews(model: Model): void {
  const [stacks, burn, time] = readClocks();
  const busy = busyPage(model, 0);
  agree('get-next', readView('async-queue', 'get-next', [Cl.uint(0)]), {
    stacks,
    burn,
    time,
    due: CLOCKS.map((clock) => dueInstants(model, clock)[0] ?? null),
    words: laneWords(model),
    busy,
    busyNext: model.coordinators.size > PAGE ? BigInt(PAGE) : null,
    lastId: BigInt(model.tasks.size),
  });
  agree('get-scheduled-tasks', readView('task-scheduler', 'get-scheduled-tasks', []), {
    stacks: nextDue(model, 0n),
    burn: nextDue(model, 1n),
    time: nextDue(model, 2n),
  });
  for (const queue of [0n, 9n]) {
    const depths = Array.from({ length: 16 }, (_, i) =>
      BigInt(model.lines.get(queue * LANES + BigInt(i))?.live.length ?? 0),
    );
    const waiting = depths.reduce((sum, depth) => sum + depth, 0n);
    agree(`status of queue ${queue}`, readView('async-queue', 'get-queue-status', [Cl.uint(queue)]), {
      ok: { waiting, depths },
    });
  }
}

function busyPage(model: Model, from: number) {
  return [...model.coordinators.keys()]
    .slice(from, from + PAGE)
    .filter((who) => leasesHeld(workerOf(model, who)) > 0)
    .map((worker) => {
      const { mask, oldest } = workerRecord(workerOf(model, worker));
      return { worker, mask, oldest };
    });
}
