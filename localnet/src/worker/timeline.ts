import { createMemoryCopy, type MemoryCopy } from './memory-copy.js';
import { NO_COST } from './protocol.js';
import type { Simnet, SimnetResult } from './simnet.js';

/** A step that changes the chain and gives the same result whenever it is replayed from the same state. */
export type Step =
  | { readonly kind: 'stacks-block' }
  | { readonly kind: 'bitcoin-block' }
  | { readonly kind: 'execute'; readonly snippet: string; readonly sender: string }
  | {
      readonly kind: 'call';
      readonly contractId: string;
      readonly functionName: string;
      readonly args: Uint8Array[];
      readonly sender: string;
    }
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
 * A copy costs some 20 ms, a step 1 to 20. An undo puts the copy back and replays what came between.
 */
export interface Timeline {
  readonly canRestore: boolean;
  apply(step: Step): StepResult;
  /** The result of a step that is not made: whatever it wrote is undone. Needs `canRestore`. */
  probe(step: Step): StepResult;
  /** The number of steps made so far; a place to undo to. */
  position(): number;
  /** Forgets every step made since `position`, as if it had never been made. Needs `canRestore`. */
  undoTo(position: number): void;
  /** Takes a copy now if an undo from here would replay for long. Places before it cannot be undone to. */
  prepareUndo(): void;
  /** Runs a read; if simnet breaks in it, heals and reports it as a thrown text. */
  read<T>(look: (simnet: Simnet) => T): T;
  keepCopy(id: string): boolean;
  restoreCopy(id: string): boolean;
  dropCopy(id: string): void;
}

/** Simnet broke and its memory cannot be restored: it is of no more use. The message is simnet's. */
export class CannotRestore extends Error {
  override readonly name = 'CannotRestore';
}

/**
 * An undo replays at most this many times what a copy takes, and never more than `MAX_REPLAY_MS`: so copies cost at
 * most a fifth of the time, and an undo stays a matter of tens of milliseconds.
 */
const REPLAY_PER_COPY = 4;
const MAX_REPLAY_MS = 80;
/** Empty blocks cost next to nothing to replay; this bounds the list while nothing else happens. */
const MAX_STEPS_WITHOUT_COPY = 512;

/** `canRestore` false: nothing is copied or undone, and a panic of simnet is the end. */
export function createTimeline(simnet: Simnet, canRestore: boolean): Timeline {
  const copy = createMemoryCopy(simnet.memory);
  const kept = new Map<string, MemoryCopy>();
  let steps: Step[] = [];
  let stepsBeforeCopy = 0;
  let sinceCopyMs = 0;
  let copyMs = 0;
  mark();

  function mark(): void {
    const startMs = performance.now();
    if (canRestore) copy.take();
    copyMs = performance.now() - startMs;
    stepsBeforeCopy += steps.length;
    steps = [];
    sinceCopyMs = 0;
  }

  function rewind(): void {
    copy.putBack();
    sinceCopyMs = 0;
    for (const step of steps) attempt(step);
  }

  function heal(message: string): void {
    if (!canRestore) throw new CannotRestore(message);
    rewind();
  }

  function attempt(step: Step): StepResult {
    const startMs = performance.now();
    try {
      return { kind: 'done', ...perform(simnet, step) };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', message: error };
      return { kind: 'broke', message: String(error) };
    } finally {
      sinceCopyMs += performance.now() - startMs;
    }
  }

  return {
    canRestore,
    apply(step) {
      const result = attempt(step);
      // A refused deployment still opened its block, so it belongs to the steps.
      if (result.kind === 'broke') heal(result.message);
      else steps.push(step);
      return result;
    },
    probe(step) {
      const result = attempt(step);
      if (result.kind === 'broke') heal(result.message);
      if (result.kind === 'done' && result.cost.writeCount > 0) rewind();
      return result;
    },
    position: () => stepsBeforeCopy + steps.length,
    undoTo(position) {
      if (position < stepsBeforeCopy) throw new Error(`step ${position} is older than the copy`);
      if (position === stepsBeforeCopy + steps.length) return;
      steps.splice(position - stepsBeforeCopy);
      rewind();
    },
    prepareUndo() {
      const maxReplayMs = Math.min(MAX_REPLAY_MS, REPLAY_PER_COPY * copyMs);
      if (sinceCopyMs > maxReplayMs || steps.length >= MAX_STEPS_WITHOUT_COPY) mark();
    },
    read(look) {
      try {
        return look(simnet);
      } catch (error) {
        if (!isRefusal(error)) heal(String(error));
        throw error;
      }
    },
    keepCopy(id) {
      if (!canRestore) return false;
      const named = createMemoryCopy(simnet.memory);
      named.take();
      kept.set(id, named);
      return true;
    },
    restoreCopy(id) {
      const named = kept.get(id);
      if (named === undefined) return false;
      named.putBack();
      mark();
      return true;
    },
    dropCopy: (id) => void kept.delete(id),
  };
}

/** Simnet throws its refusals as plain strings; anything else is a panic of the wasm. */
function isRefusal(error: unknown): error is string {
  return typeof error === 'string';
}

const NOTHING: SimnetResult = { resultHex: '', events: [], cost: NO_COST };

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
    case 'call':
      return simnet.callPublic(step.contractId, step.functionName, step.args, step.sender);
    case 'deploy':
      return simnet.deploy(step.name, step.source, step.clarityVersion, step.sender);
  }
}
