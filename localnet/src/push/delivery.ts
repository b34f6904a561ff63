import { setTimeout as wait } from 'node:timers/promises';
import type { Observer } from './observer-options.js';

/** One request to an observer: the path under its URL, and the JSON as text. */
export interface Post {
  readonly path: string;
  readonly body: string;
}

/** Posts to one observer in order, one at a time, each until it was taken. */
export interface Delivery {
  push(post: Post): void;
  /** What is in hand gets `graceMs`; the rest is let go. */
  stop(graceMs: number): Promise<void>;
}

/** What may wait for an observer that is away: some hours of blocks. Beyond it the oldest are let go, and said. */
const MAX_WAITING_POSTS = 10_000;
const MAX_WAITING_CHARACTERS = 64 * 1024 * 1024;
/** The node's: it doubles from the first to three times the timeout. */
const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_TIMEOUTS = 3;

export function startDelivery(observer: Observer, warn: (message: string) => void): Delivery {
  const waiting: Post[] = [];
  const aborter = new AbortController();
  let waitingCharacters = 0;
  let lost = 0;
  let isStopped = false;
  let isAway = false;
  let running: Promise<void> | undefined;

  function take(): Post | undefined {
    const post = waiting.shift();
    waitingCharacters -= post?.body.length ?? 0;
    return post;
  }

  async function run(): Promise<void> {
    for (let post = take(); post !== undefined && !aborter.signal.aborted; post = take()) {
      await deliver(post);
    }
    running = undefined;
  }

  async function deliver(post: Post): Promise<void> {
    let backoffMs = FIRST_BACKOFF_MS;
    while (!aborter.signal.aborted) {
      const fault = await send(observer, post, aborter.signal);
      if (fault === null) return greet();
      if (!isAway && !aborter.signal.aborted) {
        warn(`observer ${observer.origin} did not take ${post.path} (${fault}); it is tried until it does`);
      }
      isAway = true;
      await wait(backoffMs, undefined, { signal: aborter.signal }).catch(() => undefined);
      backoffMs = Math.min(backoffMs * 2, observer.timeoutMs * MAX_BACKOFF_TIMEOUTS);
    }
  }

  function greet(): void {
    if (isAway) {
      warn(`observer ${observer.origin} is back${lost === 0 ? '' : `; ${lost} posts were let go meanwhile`}`);
    }
    isAway = false;
    lost = 0;
  }

  return {
    push(post) {
      if (isStopped) return;
      waiting.push(post);
      waitingCharacters += post.body.length;
      while (waiting.length > MAX_WAITING_POSTS || waitingCharacters > MAX_WAITING_CHARACTERS) {
        take();
        lost++;
      }
      running ??= run();
    },
    async stop(graceMs) {
      isStopped = true;
      const grace = wait(graceMs, undefined, { signal: aborter.signal }).catch(() => undefined);
      await Promise.race([running, grace]);
      aborter.abort();
      await running;
    },
  };
}

/** Null if the observer took it, else why not; the text never has the URL. */
async function send(
  { urlOf, authorization, timeoutMs }: Observer,
  { path, body }: Post,
  stopped: AbortSignal,
): Promise<string | null> {
  const attempt = new AbortController();
  const abort = () => attempt.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort();
  }, timeoutMs);
  stopped.addEventListener('abort', abort);
  try {
    const headers = {
      'content-type': 'application/json',
      ...(authorization === undefined ? {} : { authorization }),
    };
    // An observer is where its URL says: credentials and events go nowhere else.
    const options = { method: 'POST', body, headers, redirect: 'manual', signal: attempt.signal } as const;
    const response = await fetch(urlOf(path), options);
    await response.body?.cancel();
    return response.ok ? null : `status ${response.status}`;
  } catch (error) {
    return isLate ? `no answer in ${timeoutMs} ms` : causeOf(error);
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', abort);
  }
}

/** Fetch says no more than that it failed; the code of the cause says why. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'the request failed';
}
