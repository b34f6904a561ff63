import type { Case } from './case.js';
import type { Cost } from './measure.js';
import { openChain } from './measure.js';
import type { Scene } from './scene.js';
import { setScene } from './scene.js';

const STACKS = 0;
const BLOCK_TIME = 2;
/** Stored tasks stand beyond what the cases schedule and mine past, and in lanes the cases do not use. */
const FAR_BLOCKS = 2n ** 21n;
const FAR_SECONDS = 2n ** 26n;
const SPREAD = 97n;
const LANES_USED = 8;
const QUEUES_USED = 3;

export type Costs = ReadonlyMap<string, Cost>;

/** Measures every case on a chain of its own that holds this many unfinished tasks. */
export async function measureCases(cases: readonly Case[], manifest: string, stored: number): Promise<Costs> {
  const scene = setScene(await openChain(manifest));
  fillStore(scene, stored - 1);
  const costs = new Map<string, Cost>();
  for (const { name, measure } of cases) {
    costs.set(name, measure(scene));
    scene.endAll();
  }
  return costs;
}

/** Half of the tasks in lanes, a quarter each on the Stacks and the time clock. */
function fillStore(scene: Scene, count: number): void {
  const now = scene.chain.timeSeconds();
  for (let i = 0; i < count; i++) {
    const priority = i % LANES_USED;
    const queue = Math.trunc(i / LANES_USED) % QUEUES_USED;
    const offset = BigInt(i) * SPREAD;
    if (i % 4 < 2) scene.enqueue({ queue, priority });
    else if (i % 4 === 2) scene.scheduleNew(STACKS, FAR_BLOCKS + offset, { queue, priority });
    else scene.scheduleNew(BLOCK_TIME, now + FAR_SECONDS + offset, { queue, priority });
  }
  scene.keepAll();
}
