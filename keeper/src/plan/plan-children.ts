import type { Draft } from './draft.js';
import { RELEASE_BATCH } from './policy.js';

/** Sees to children whose parent has ended: one call a tick, however many there are. */
export function planChildren(draft: Draft): void {
  if (draft.snapshot.looseTaskId === undefined) return;
  draft.offerInTurn({ kind: 'release-children', n: RELEASE_BATCH });
}
