import type { mineTogether } from '../../helpers/contracts.js';
import { config } from '../../helpers/tasks.js';
import { type ChainScene, chainScene, DONE, deployHandler, pinned } from '../scheduler/handlers.js';

/** A call of a block. */
export type Call = Parameters<typeof mineTogether>[0][number];

/** What somebody does right before a task is executed. */
export type Flip = readonly [what: string, calls: (scene: ChainScene, id: bigint) => readonly Call[]];

export const ALL_ACTIVITIES = 255n;

export function executeCall({ handler, alice }: ChainScene, id: bigint): Call {
  return ['scheduler', 'execute-task', [id, handler], alice];
}

/** A scene whose handler does no harm. */
export function onlyScene(): ChainScene {
  return chainScene(deployHandler('plain', DONE));
}

/** The call that makes a new version of the template, with these fields. */
export function updated({ template, handler, manager }: ChainScene, fields: object): Call {
  const next = config({ queue: 1n, handler: pinned(handler), ...fields });
  return ['factory', 'update-task-template', [template, next], manager];
}
