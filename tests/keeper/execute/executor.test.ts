import { type Handler, type Handlers, silentLog, TaskFailure } from '@fac/keeper';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createExecutor, type Executor } from '../../../keeper/src/execute/executor.js';
import type { Plan } from '../../../keeper/src/flow.js';
import { lease } from '../plan/snapshots.js';

const nothing: Pick<Plan, 'run' | 'abort' | 'forget' | 'send'> = { run: [], abort: [], forget: [], send: [] };
let executor: Executor | undefined;

afterEach(() => {
  executor?.close();
  vi.useRealTimers();
});

function open(handlers: Handlers, attemptTimeoutMs = 60_000): Executor {
  executor = createExecutor({ handlers, attemptTimeoutMs, log: silentLog, onOutcome: () => {} });
  return executor;
}

/** Runs one handler to its end and gives the outcome. */
async function outcomeOf(handler: Handler) {
  const hands = open({ echo: handler });
  hands.apply({ ...nothing, run: [lease(1n)] });
  await vi.waitFor(() => expect(hands.hands().running).toEqual([]));
  return hands.hands().outcomes;
}

describe('createExecutor', () => {
  it('keeps what a handler returned', async () => {
    expect(await outcomeOf(async ({ id }) => new Uint8Array([Number(id)]))).toEqual([
      { kind: 'done', taskId: 1n, attempt: 1n, result: new Uint8Array([1]) },
    ]);
  });

  const failures: { name: string; thrown: unknown; code: bigint; isRetryable: boolean }[] = [
    { name: 'an error', thrown: new Error('no'), code: 1n, isRetryable: true },
    { name: 'something that is no error', thrown: 'no', code: 1n, isRetryable: true },
    {
      name: 'a failure with a code',
      thrown: new TaskFailure('no', { code: 404n }),
      code: 404n,
      isRetryable: true,
    },
    {
      name: 'a failure for good',
      thrown: new TaskFailure('no', { isRetryable: false }),
      code: 1n,
      isRetryable: false,
    },
    {
      name: 'a failure of another copy of the package',
      thrown: Object.assign(new Error('no'), { name: 'TaskFailure', code: 7, isRetryable: true }),
      code: 7n,
      isRetryable: true,
    },
    {
      name: 'a code that the chain cannot hold',
      thrown: new TaskFailure('no', { code: -1n }),
      code: 1n,
      isRetryable: true,
    },
  ];
  it.each(failures)('makes a value of $name', async ({ thrown, code, isRetryable }) => {
    const outcomes = await outcomeOf(async () => {
      throw thrown;
    });
    expect(outcomes).toMatchObject([{ kind: 'failed', code, isRetryable }]);
  });

  it.each([
    { name: 'no bytes', result: 'text' as unknown as Uint8Array },
    { name: 'more than 512 bytes', result: new Uint8Array(513) },
  ])('fails for good with a result of $name', async ({ result }) => {
    const outcomes = await outcomeOf(async () => result);
    expect(outcomes).toMatchObject([{ kind: 'failed', code: 5n, isRetryable: false }]);
  });

  it('fails, retryable, a task whose type has no handler', async () => {
    const hands = open({});
    hands.apply({ ...nothing, run: [lease(1n)] });
    await vi.waitFor(() =>
      expect(hands.hands().outcomes).toMatchObject([{ kind: 'failed', code: 3n, isRetryable: true }]),
    );
  });

  it('fails an attempt that takes too long, and counts its handler until it returns', async () => {
    vi.useFakeTimers();
    const hands = open({ echo: () => new Promise(() => {}) }, 1_000);
    hands.apply({ ...nothing, run: [lease(1n)] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(hands.hands().outcomes).toMatchObject([{ kind: 'failed', code: 2n, isRetryable: true }]);
    expect(hands.hands().running).toHaveLength(1);
  });

  it('runs an attempt once, however often it is asked to', () => {
    const handler = vi.fn(() => new Promise<Uint8Array>(() => {}));
    const hands = open({ echo: handler });
    hands.apply({ ...nothing, run: [lease(1n)] });
    hands.apply({ ...nothing, run: [lease(1n)] });
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('tells the handler of a lost lease and drops what it still says', async () => {
    let reason: unknown;
    const hands = open({
      echo: (_task, { signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            reason = signal.reason;
            resolve(new Uint8Array(0));
          }),
        ),
    });
    hands.apply({ ...nothing, run: [lease(1n)] });
    hands.apply({ ...nothing, abort: [{ taskId: 1n, attempt: 1n, reason: 'lease-lost' }] });
    await vi.waitFor(() => expect(hands.hands()).toEqual({ running: [], outcomes: [] }));
    expect(reason).toEqual(new Error('lease-lost'));
  });

  it('fails for good what the owner asked to stop', async () => {
    const hands = open({ echo: () => new Promise(() => {}) });
    hands.apply({ ...nothing, run: [lease(1n)] });
    hands.apply({ ...nothing, abort: [{ taskId: 1n, attempt: 1n, reason: 'stop-asked' }] });
    expect(hands.hands().outcomes).toMatchObject([{ kind: 'failed', code: 4n, isRetryable: false }]);
  });

  it('forgets an outcome that the chain no longer waits for', async () => {
    await outcomeOf(async () => new Uint8Array(0));
    executor?.apply({ ...nothing, forget: [{ taskId: 1n, attempt: 1n }] });
    expect(executor?.hands()).toEqual({ running: [], outcomes: [] });
  });

  it('hands progress over once', () => {
    const hands = open({
      echo: (_task, { heartbeat }) => {
        heartbeat(new Uint8Array(40).fill(1));
        return new Promise(() => {});
      },
    });
    hands.apply({ ...nothing, run: [lease(1n)] });
    const progress = new Uint8Array(32).fill(1);
    expect(hands.hands().running).toEqual([{ taskId: 1n, attempt: 1n, isAborted: false, progress }]);
    const send = [{ kind: 'heartbeat' as const, taskId: 1n, attempt: 1n, blocks: 1n, progress }];
    hands.apply({ ...nothing, send });
    expect(hands.hands().running).toMatchObject([{ progress: undefined }]);
  });
});
