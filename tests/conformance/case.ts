import { inject, it } from 'vitest';
import type { TargetFacts } from './target.js';

type Run = (target: TargetFacts) => Promise<void>;

/** A case that any node answers. */
export const itReads = (title: string, run: Run) => define(title, run, () => null);

/** A case that needs the API before the node (`/extended`). */
export const itApi = (title: string, run: Run) =>
  define(title, run, ({ hasApi }) => (hasApi ? null : 'this URL serves no /extended'));

/** A case that sends transactions, and pays for them. */
export const itFunded = (title: string, run: Run) =>
  define(title, run, ({ privateKey }) => (privateKey === null ? 'FAC_NODE_KEY has no funded account' : null));

/** A case that mines on command. A quarter of all cases at most may be of this kind. */
export const itControlled = (title: string, run: Run) =>
  define(title, run, ({ hasControl }) => (hasControl ? null : 'it needs /localnet, which this node has not'));

function define(title: string, run: Run, lacks: (target: TargetFacts) => string | null): void {
  it(title, async ({ skip }) => {
    const target = inject('target');
    const missing = lacks(target);
    if (missing !== null) skip(missing);
    await run(target);
  });
}
