import { createMemoryCopy } from './memory-copy.js';
import type { Simnet, SimnetResult } from './simnet.js';

/** A step that changes the chain and gives the same result whenever it is replayed from the same state. */
export type Step =
  | { readonly kind: 'stacks-block' }
  | { readonly kind: 'bitcoin-block' }
  | { readonly kind: 'execute'; readonly snippet: string; readonly sender: string }
  | {
      readonly kind: 'deploy';
      readonly name: string;
      readonly source: string;
      readonly clarityVersion: number;
      readonly sender: string;
    };

export type StepResult =
  | ({ readonly kind: 'done' } & SimnetResult)
  /** Clarity refused, and undid it by itself. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Simnet itself broke; it was healed by a rewind and the step left no trace. */
  | { readonly kind: 'broke'; readonly message: string };

/**
 * The chain as one copy of memory and the steps made since.
 * Invariant: putting the copy back and replaying `steps` gives the present state.
 * A copy costs about 20 ms, a step 1 to 20: so one copy is taken per block that has transactions,
 * and an undo puts it back and replays that block's steps before the undone one.
 */
export interface Timeline {
  apply(step: Step): StepResult;
  /** Forgets the last step, as if it had never been made. */
  undo(): void;
  /** Takes a copy now, so that a later undo replays nothing older. */
  mark(): void;
  /** Runs a read; if simnet breaks in it, heals and reports it as a thrown text. */
  read<T>(look: (simnet: Simnet) => T): T;
}

/** Empty blocks cost next to nothing to replay; this bounds the list while nothing else happens. */
const MAX_STEPS_WITHOUT_COPY = 512;

/** `canRestore` false: nothing is copied or undone, and a panic of simnet is the end. */
export function createTimeline(simnet: Simnet, canRestore: boolean): Timeline {
  const copy = createMemoryCopy(simnet.memory);
  let steps: Step[] = [];
  mark();

  function mark(): void {
    if (canRestore) copy.take();
    steps = [];
  }

  function rewind(): void {
    if (!canRestore) throw new Error('simnet broke, and its memory cannot be restored');
    copy.putBack();
    if (steps.length === 0) return;
    for (const step of steps) attempt(step);
    mark();
  }

  function attempt(step: Step): StepResult {
    try {
      return { kind: 'done', ...perform(simnet, step) };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', message: error };
      return { kind: 'broke', message: String(error) };
    }
  }

  return {
    mark,
    apply(step) {
      if (steps.length >= MAX_STEPS_WITHOUT_COPY) mark();
      const result = attempt(step);
      // A refused deployment still opened its block, so it belongs to the steps.
      if (result.kind === 'broke') rewind();
      else steps.push(step);
      return result;
    },
    undo() {
      if (!canRestore) return;
      steps.pop();
      rewind();
    },
    read(look) {
      try {
        return look(simnet);
      } catch (error) {
        if (!isRefusal(error)) rewind();
        throw error;
      }
    },
  };
}

/** Simnet throws its refusals as plain strings; anything else is a panic of the wasm. */
function isRefusal(error: unknown): error is string {
  return typeof error === 'string';
}

const NOTHING: SimnetResult = { resultHex: '', events: [] };

function perform(simnet: Simnet, step: Step): SimnetResult {
  switch (step.kind) {
    case 'stacks-block':
      simnet.mineStacksBlock();
      return NOTHING;
    case 'bitcoin-block':
      simnet.mineBitcoinBlock();
      return NOTHING;
    case 'execute':
      return simnet.execute(step.snippet, step.sender);
    case 'deploy':
      return simnet.deploy(step.name, step.source, step.clarityVersion, step.sender);
  }
}
