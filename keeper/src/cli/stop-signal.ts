import { watchParent } from './watch-parent.js';

export interface StopSignal {
  readonly signal: AbortSignal;
  release(): void;
}

const SECOND_SIGNAL_EXIT = 130;
const ORPHAN_EXIT = 1;
const ORPHAN_GRACE_MS = 2_000;

/**
 * Aborts on the first SIGINT or SIGTERM, or when the process it is bound to is gone: the parent, by its id where it
 * named itself. A second signal ends the process at once.
 */
export function createStopSignal(boundTo: 'nobody' | 'parent' | number): StopSignal {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(SECOND_SIGNAL_EXIT);
    controller.abort(new Error('asked to stop'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const onParentGone = () => {
    onSignal();
    // The journal survives it, and an orphan must not stay: whoever started the parent believes all is over.
    setTimeout(() => process.exit(ORPHAN_EXIT), ORPHAN_GRACE_MS).unref();
  };
  const parent = boundTo === 'parent' ? undefined : boundTo;
  const unwatch = parent === 'nobody' ? () => {} : watchParent(onParentGone, parent);
  return {
    signal: controller.signal,
    release() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      unwatch();
    },
  };
}
