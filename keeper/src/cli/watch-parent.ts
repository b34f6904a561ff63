const CHECK_MS = 250;

/**
 * Calls once when the process that started us has ended. A parent that names itself is missed even when it ended
 * before we could look. Returns its stop function.
 */
export function watchParent(onGone: () => void, parent = process.ppid): () => void {
  const timer = setInterval(() => {
    // An orphan is given to another process: its parent's id changes.
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, CHECK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
