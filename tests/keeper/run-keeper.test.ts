import { createNap, type Keeper, type LogFields, runKeeper, silentLog, type Tick } from '@fac/keeper';
import { FacError } from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { given, running } from './plan/snapshots.js';

const nothing = { mends: [], send: [], run: [], abort: [], forget: [], deferred: [] };
const idle: Tick = { snapshot: given({}), plan: nothing };
const busy: Tick = { snapshot: given({ hands: { running: [running(1n)] } }), plan: nothing };

/** Runs a keeper whose ticks are written down beforehand; naps pass at once. */
async function runWith(script: readonly (Tick | Error | 'stop')[], graceMs = 60_000) {
  const controller = new AbortController();
  const ticks: boolean[] = [];
  const events: (LogFields | string)[] = [];
  const rest = [...script];
  let isClosed = false;
  const keeper: Keeper = {
    address: 'ST1SELF',
    tick: async (isStopping = false) => {
      ticks.push(isStopping);
      const next = rest.shift();
      if (next instanceof Error) throw next;
      if (next === 'stop') controller.abort();
      const last = next === 'stop' || next === undefined ? busy : next;
      return last;
    },
    close: () => {
      isClosed = true;
    },
  };
  const log = {
    ...silentLog,
    info: (event: string) => void events.push(event),
    warn: (event: string) => void events.push(event),
  };
  const nap = () => new Promise<void>((resolve) => setImmediate(resolve));
  const ended = runKeeper({
    keeper,
    signal: controller.signal,
    tickMs: 1,
    graceMs,
    nap,
    log,
    random: () => 0.5,
  });
  return { ended, ticks, events, isClosed: () => isClosed };
}

const down = new FacError('REJECTED_CONNECTION', { host: 'node', endpoint: 'GET /', cause: 'refused' });

describe('runKeeper', () => {
  it('settles what runs before it ends, and takes nothing new meanwhile', async () => {
    const run = await runWith([idle, 'stop', busy, idle]);
    await run.ended;
    expect(run.ticks).toEqual([false, false, true, true]);
    expect(run.isClosed()).toBe(true);
  });

  it('gives up waiting when the grace is over', async () => {
    const run = await runWith(['stop'], 0);
    await run.ended;
    expect(run.events).toContain('grace-over');
    expect(run.isClosed()).toBe(true);
  });

  it('goes on when the node fails, and says so each time', async () => {
    const run = await runWith([down, down, idle, 'stop', idle]);
    await run.ended;
    expect(run.events.filter((event) => event === 'node-failed')).toHaveLength(2);
  });

  it('throws what is not the node’s fault', async () => {
    const run = await runWith([new TypeError('a bug')]);
    await expect(run.ended).rejects.toThrow('a bug');
    expect(run.isClosed()).toBe(true);
  });
});

describe('createNap', () => {
  it('ends early when it is woken', async () => {
    const nap = createNap();
    const slept = nap.sleep(600_000, new AbortController().signal);
    nap.wake();
    await slept;
  });

  it('does not sleep when it was woken before', async () => {
    const nap = createNap();
    nap.wake();
    await nap.sleep(600_000, new AbortController().signal);
  });

  it('ends with its signal', async () => {
    const controller = new AbortController();
    const slept = createNap().sleep(600_000, controller.signal);
    controller.abort();
    await slept;
  });
});
