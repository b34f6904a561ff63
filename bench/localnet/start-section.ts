import { resolve } from 'node:path';
import { startNode } from './node-process.js';
import { makeScratchProject } from './scratch-project.js';
import type { Section } from './section.js';

const FAC_READY_MS = 7_000;
const SMALL_READY_MS = 6_000;
const IDLE_WATCH_MS = 10_000;
const IDLE_PERCENT = 2;

/** From the start of the process until it is ready, and what it uses with nothing to do but a block a second. */
export const START_SECTION: Section = {
  name: 'start',
  async run() {
    const project = await makeScratchProject();
    const small = await startNode(project.manifest, []);
    const startCpu = small.cpuSeconds();
    await new Promise((done) => setTimeout(done, IDLE_WATCH_MS));
    const idle = ((small.cpuSeconds() - startCpu) / IDLE_WATCH_MS) * 1_000 * 100;
    await small.stop();
    await project.remove();
    const fac = await startNode(resolve('Clarinet.toml'), []);
    await fac.stop();
    return [
      { name: 'ready with one small contract', unit: 'ms', value: small.readyMs, target: SMALL_READY_MS },
      { name: "ready with FAC's contracts", unit: 'ms', value: fac.readyMs, target: FAC_READY_MS },
      { name: 'idle, a block a second', unit: '%', value: idle, target: IDLE_PERCENT },
    ];
  },
};
