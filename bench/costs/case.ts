import type { Cost } from './measure.js';
import type { Scene } from './scene.js';

/** One call of one function in one situation. The situation is the same whatever else is stored. */
export interface Case {
  readonly name: string;
  /** Read-only: bound by what a node grants a call-read. */
  readonly isView?: boolean | undefined;
  /** Tasks that the call sees to. @default 1 */
  readonly tasks?: number | undefined;
  /** Sets the situation, makes the call, returns what it cost. */
  readonly measure: (scene: Scene) => Cost;
}
