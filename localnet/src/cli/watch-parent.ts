/**
 * Calls back once when the parent process has gone. A parent that names itself is missed even when it went before
 * this process could look. Returns its own stop function.
 */
export function watchParent(onGone: () => void, parent = process.ppid): () => void {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

const CHECK_EVERY_MS = 250;
