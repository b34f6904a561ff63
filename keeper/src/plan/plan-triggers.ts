import type { Clock } from '@fac/sdk';
import type { Tip } from '../flow.js';
import type { Draft } from './draft.js';
import { TRIGGER_BATCH } from './policy.js';

const CLOCKS: readonly Clock[] = ['stacks', 'burn', 'time'];

/** Opens the lanes to what is due: due iff now ≥ at, on each clock by itself. */
export function planTriggers(draft: Draft): void {
  const { tip, due } = draft.snapshot;
  for (const clock of CLOCKS) {
    const at = due[clock];
    if (at === null || at > readClock(tip, clock)) continue;
    draft.offerInTurn({ kind: 'trigger', clock, n: TRIGGER_BATCH });
  }
}

function readClock(tip: Tip, clock: Clock): bigint {
  switch (clock) {
    case 'stacks':
      return tip.stacksHeight;
    case 'burn':
      return tip.burnHeight;
    case 'time':
      return tip.timeSeconds;
  }
  clock satisfies never;
}
