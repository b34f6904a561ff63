import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import { readClocks, readView } from './chain/read.js';
import { laneWords } from './check-index.js';
import { familyOf } from './model/families.js';
import type { Model } from './model/model.js';
import { dueInstants, nextDue } from './model/places.js';
import { CLOCKS } from './model/records.js';
import { leasesHeld, workerOf, workerRecord } from './model/slots.js';
import { lastOf } from './model/topics.js';

const PAGE = 20;
const LANES = 16n;
const TOPICS_PAGE = 10;

/** The views that keepers and people read. */
export function checkViews(model: Model): void {
  const [stacks, burn, time] = readClocks();
  agree('get-next', readView('task-overview', 'get-next', [Cl.uint(0)]), {
    ...{ stacks, burn, time },
    due: CLOCKS.map((clock) => dueInstants(model, clock)[0] ?? null),
    words: laneWords(model),
    loose: model.loose[0] ?? 0n,
    busy: busyPage(model, 0),
    busyNext: model.coordinators.size > PAGE ? BigInt(PAGE) : null,
    lastId: BigInt(model.tasks.size),
  });
  agree('get-scheduled-tasks', readView('task-scheduler', 'get-scheduled-tasks', []), {
    stacks: nextDue(model, 0n),
    burn: nextDue(model, 1n),
    time: nextDue(model, 2n),
  });
  checkLagging(model);
  for (const queue of [0n, 9n]) {
    const depths = Array.from({ length: 16 }, (_, i) =>
      BigInt(model.lines.get(queue * LANES + BigInt(i))?.live.length ?? 0),
    );
    const waiting = depths.reduce((sum, depth) => sum + depth, 0n);
    agree(`status of queue ${queue}`, readView('async-queue', 'get-queue-status', [Cl.uint(queue)]), {
      ok: { waiting, depths },
    });
  }
  for (const id of [...model.families.values()].flat().slice(0, 3)) checkExplain(model, id);
}

/** The topics of each page with something to deliver. */
function checkLagging(model: Model): void {
  const topics = [...model.topics.values()];
  for (let from = 0; from <= topics.length; from += TOPICS_PAGE) {
    const page = topics.slice(from, from + TOPICS_PAGE);
    const next = from + TOPICS_PAGE;
    agree(`lagging topics from ${from}`, readView('task-topics', 'get-lagging', [Cl.uint(from)]), {
      lagging: page.filter((topic) => topic.delivered < lastOf(topic)).map(({ name }) => name),
      next: next < topics.length ? BigInt(next) : null,
    });
  }
}

function checkExplain(model: Model, id: bigint): void {
  const [stacks, burn, time] = readClocks();
  const task = model.tasks.get(id);
  if (!task) throw new Error(`the model has no task ${id}`);
  const { owner, parents, lax } = task;
  const { watch, isBroken, isAlien } = familyOf(model, owner, parents, lax);
  agree(`the explanation of task ${id}`, readView('task-overview', 'get-explain', [Cl.uint(id)]), {
    ...{ task, state: model.states.get(id), stacks, burn, time },
    family: { owner, lax, watch: watch ?? 0n, broken: isBroken, alien: isAlien },
  });
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
