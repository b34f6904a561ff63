import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { openChain } from './measure.js';
import { MANY, OWN_QUEUE } from './register.js';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const STACKS = 0;
const BLOCK_TIME = 2;
/** Stored tasks stand beyond what the cases schedule and mine past, and in lanes the cases do not use. */
const FAR_BLOCKS = 2n ** 21n;
const FAR_SECONDS = 2n ** 26n;
const SPREAD = 97n;
const LANES_USED = 8;

export type Costs = ReadonlyMap<string, Cost>;

/** Measures every case on a chain of its own that holds this many unfinished tasks. */
export async function measureCases(cases: readonly Case[], manifest: string, stored: number): Promise<Costs> {
  const scene = setScene(await openChain(manifest));
  fillStore(scene, stored - 1);
  const costs = new Map<string, Cost>();
  for (const { name, measure } of cases) {
    if (costs.has(name)) throw new Error(`two cases are called "${name}"`);
    costs.set(name, measure(scene));
    scene.endAll();
  }
  return costs;
}

export function costOf(costs: Costs, name: string): Cost {
  const cost = costs.get(name);
  if (!cost) throw new Error(`no case is called "${name}"`);
  return cost;
}

/** Half of the tasks in lanes, a quarter each on the Stacks and the time clock. */
function fillStore(scene: Scene, count: number): void {
  const now = scene.chain.timeSeconds();
  for (let made = 0; made < count; ) {
    const turn = Math.trunc(made / MANY);
    const spot = { queue: turn % OWN_QUEUE, priority: Math.trunc(turn / OWN_QUEUE) % LANES_USED };
    const many = Math.min(MANY, count - made);
    if (turn % 2 === 0) scene.enqueueMany(many, spot);
    else
      for (let i = 0; i < many; i++) {
        const offset = BigInt(made + i) * SPREAD;
        if (i % 2 === 0) scene.scheduleNew(STACKS, FAR_BLOCKS + offset, spot);
        else scene.scheduleNew(BLOCK_TIME, now + FAR_SECONDS + offset, spot);
      }
    made += many;
  }
  scene.keepAll();
}
