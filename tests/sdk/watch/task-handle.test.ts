import { createFac, FacError } from '@fac/sdk';
import { Cl, type ClarityValue } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { ABIS } from '../../../sdk/src/abi/contracts.js';
import { encodeValue } from '../../../sdk/src/abi/encode.js';
import { refusalOf } from '../helpers/errors.js';
import { ALICE, DEPLOYER } from '../helpers/keys.js';
import { stubTransport } from '../helpers/stub-transport.js';

const STATE_TYPE =
  ABIS['async-queue'].functions.find(({ name }) => name === 'get-state')?.outputs.type ?? 'none';
const refuse = (issue: unknown): never => {
  throw new Error(JSON.stringify(issue));
};
const stateWith = (changes: object): ClarityValue =>
  encodeValue(
    STATE_TYPE,
    {
      ...{ owner: DEPLOYER, status: 2n, gate: 0n, lane: 21n, access: 0n },
      ...{ reward: 5n, floor: 2n, ramp: 9n, price: 0n, escrow: 5n },
      ...{ lease: 12n, maxLease: 24n, maxAttempts: 3n, delay: 1n, doubling: false, cap: 9n },
      ...{ ttl: 0n, expires: 0n, attempts: 0n, releases: 0n, steps: 1n },
      ...{ worker: null, bonded: false, slot: 0n, claimed: 0n, until: 0n, retry: 0n },
      ...{ list: 21n, seq: 1n, clock: 0n, at: 0n, series: 0n },
      ...{ watched: false, shared: false, input: false },
      ...{ stop: false, code: 0n, result: new Uint8Array(), ended: 0n },
      ...changes,
    },
    refuse,
  );
const running = stateWith({ status: 3n, attempts: 1n, worker: ALICE, until: 40n });

/** The handle of task 1, whose state is each of these in turn, and the last for ever. */
const handleSeeing = (...answers: (ClarityValue | FacError)[]) => {
  const transport = stubTransport({
    callRead: async () => {
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof FacError) throw answer;
      return answer ?? Cl.none();
    },
  });
  return createFac({ deployer: DEPLOYER, transport, pollMs: 1 }).task(1n);
};
const down = new FacError('REJECTED_CONNECTION', { host: 'h', endpoint: 'GET /', cause: 'ECONNREFUSED' });

describe('state', () => {
  it('names the status, the clock and the lane', async () => {
    const state = await handleSeeing(stateWith({ status: 4n, clock: 1n, at: 77n })).state();
    expect(state).toMatchObject({
      id: 1n,
      status: 'retrying',
      queue: 1n,
      priority: 5n,
      clock: 'burn',
      at: 77n,
    });
    expect(state).toMatchObject({ rewardUstx: 5n, floorUstx: 2n, escrowUstx: 5n, ended: null });
    expect(state).toMatchObject({
      gate: null,
      expires: null,
      series: null,
      kind: 'offchain',
      class: 'granted',
    });
  });

  it('names the gate and whom its queue admits', async () => {
    const state = await handleSeeing(
      stateWith({ status: 1n, gate: 3n, access: 7n, expires: 99n, series: 4n }),
    ).state();
    expect(state).toMatchObject({ status: 'pending', gate: 'time', expires: 99n, series: 4n });
    expect(state).toMatchObject({ kind: 'onchain', class: 'bonded', strict: true });
  });

  it('refuses a status of another version of the contracts', async () => {
    const error = await refusalOf(() => handleSeeing(stateWith({ status: 9n })).state());
    expect(error).toMatchObject({ code: 'MISMATCH_ABI', context: { path: 'status' } });
  });
});

describe('result', () => {
  it('waits for success, also while the node is down', async () => {
    const done = { status: 5n, attempts: 1n, price: 4n, worker: ALICE, result: Uint8Array.of(7), ended: 33n };
    const result = await handleSeeing(stateWith({}), down, running, stateWith(done)).result();
    expect(result).toEqual({
      status: 'succeeded',
      id: 1n,
      result: Uint8Array.of(7),
      attempts: 1n,
      worker: ALICE,
      paidUstx: 4n,
      ended: 33n,
    });
  });

  it.each([
    [6n, 'REJECTED_TASK_FAILED'],
    [7n, 'REJECTED_TASK_CANCELLED'],
    [8n, 'REJECTED_TASK_EXPIRED'],
  ])('throws for status %d', async (status, code) => {
    const error = await refusalOf(() =>
      handleSeeing(stateWith({ status, attempts: 3n, code: 4n, ended: 9n })).result(),
    );
    expect(error).toMatchObject({ code, isRetryable: false, context: { id: 1n, attempts: 3n, code: 4n } });
  });

  it('says the last status when time is up', async () => {
    const error = await refusalOf(() => handleSeeing(running).result({ timeoutMs: 5 }));
    expect(error).toMatchObject({ code: 'TIMED_OUT_WAIT', context: { what: 'task 1', last: 'running' } });
  });

  it('says that there is no such task', async () => {
    expect(await refusalOf(() => handleSeeing(Cl.none()).result())).toMatchObject({ code: 'NOT_FOUND_TASK' });
  });
});

describe('watch', () => {
  it('tells of each change once and ends with the task', async () => {
    const seen: string[] = [];
    const errors: unknown[] = [];
    const handle = handleSeeing(
      stateWith({}),
      stateWith({}),
      down,
      running,
      running,
      stateWith({ status: 7n, ended: 9n }),
    );
    await new Promise<void>((resolve) => {
      const onChange = ({ status }: { readonly status: string }): void => {
        seen.push(status);
        if (status === 'cancelled') resolve();
      };
      handle.watch({ onChange, onError: (error) => errors.push(error) });
    });
    expect(seen).toEqual(['queued', 'running', 'cancelled']);
    expect(errors).toEqual([down]);
  });

  it('ends after an error that a repetition cannot mend', async () => {
    const error = await new Promise((resolve) => {
      handleSeeing(Cl.none()).watch({ onChange: () => undefined, onError: resolve });
    });
    expect(error).toMatchObject({ code: 'NOT_FOUND_TASK' });
  });
});
