import type { TestProject } from 'vitest/node';
import { openTarget, type TargetFacts } from './target.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly target: TargetFacts;
  }
}

/** One target for all files: the node of FAC_NODE_URL, or a local node of our own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { facts, close } = await openTarget(process.env);
  project.provide('target', facts);
  return close;
}
