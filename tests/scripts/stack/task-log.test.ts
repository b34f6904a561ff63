import {
  type FacEvent,
  makeBurnHeight,
  makeStacksHeight,
  makeTaskId,
  makeUstx,
  type TaskState,
} from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { DEVNET } from '../../../scripts/stack/devnet-accounts.js';
import { createDisplay } from '../../../scripts/stack/display.js';
import { describeRun } from '../../../scripts/stack/summary.js';
import { addEvent, EMPTY_LOG, type TaskLog } from '../../../scripts/stack/task-log.js';

const QUEUED: TaskState = {
  id: makeTaskId(1n),
  owner: DEVNET.producer.address,
  status: 'queued',
  gate: null,
  kind: 'offchain',
  class: 'granted',
  strict: false,
  lane: 7n,
  queue: 0n,
  priority: 7n,
  rewardUstx: makeUstx(1_500_000n),
  floorUstx: makeUstx(1_500_000n),
  ramp: 0n,
  priceUstx: makeUstx(0n),
  escrowUstx: makeUstx(1_500_000n),
  lease: 12n,
  maxLease: 120n,
  maxAttempts: 3n,
  delay: 1n,
  doubling: false,
  cap: 10n,
  ttl: 0n,
  expires: null,
  attempts: 0n,
  releases: 0n,
  steps: 1n,
  worker: null,
  bonded: false,
  slot: 0n,
  claimed: makeStacksHeight(0n),
  until: makeStacksHeight(0n),
  retry: makeStacksHeight(0n),
  list: 7n,
  seq: 1n,
  clock: 'stacks',
  at: null,
  series: null,
  watched: false,
  shared: false,
  input: false,
  stop: false,
  code: 0n,
  result: new Uint8Array(),
  ended: null,
};
const RUNNING: TaskState = {
  ...QUEUED,
  status: 'running',
  attempts: 1n,
  priceUstx: makeUstx(1_200_000n),
  worker: DEVNET.keeper.address,
  until: makeStacksHeight(30n),
};
const place = { txid: '00', eventIndex: 0 };
const ENQUEUED: FacEvent = { ...place, topic: 'task-enqueued', id: QUEUED.id, state: QUEUED };
const MADE: FacEvent = {
  ...place,
  topic: 'task-made',
  id: QUEUED.id,
  task: {
    id: QUEUED.id,
    owner: DEVNET.producer.address,
    template: 1n,
    version: 1n,
    tag: null,
    deadline: null,
    parents: [],
    lax: false,
    origin: null,
    payload: new TextEncoder().encode('hello'),
  },
};
const DEQUEUED: FacEvent = { ...place, topic: 'task-dequeued', id: QUEUED.id, state: RUNNING };
const ended = (topic: 'task-completed' | 'task-failed', status: 'succeeded' | 'failed'): FacEvent => ({
  ...place,
  topic,
  id: QUEUED.id,
  state: { ...RUNNING, status, escrowUstx: makeUstx(0n), ended: makeStacksHeight(20n) },
});

const logOf = (...events: readonly FacEvent[]): TaskLog => events.reduce(addEvent, EMPTY_LOG);

describe('describeRun', () => {
  it('says what ran, how it ended, and that the worker was paid its price and the owner the rest', () => {
    expect(
      describeRun(logOf(MADE, ENQUEUED, DEQUEUED, ended('task-completed', 'succeeded'))).split('\n'),
    ).toEqual([
      'What ran, in this order:',
      '    1. hello (task 1), attempt 1, by keeper',
      'How it ended:',
      '  hello (task 1)                 succeeded after 1 attempt',
      'Who was paid:',
      '  keeper         1.200000 STX  reward of hello (task 1)',
      '  producer       0.300000 STX  refund of hello (task 1)',
      '  keeper         1.200000 STX  in all',
      '  producer       0.300000 STX  in all',
    ]);
  });

  it('calls a task by its tag when it has one', () => {
    if (MADE.topic !== 'task-made') throw new Error('this is another event');
    const task = { ...MADE.task, tag: new TextEncoder().encode('job-1'), payload: Uint8Array.of(1, 2) };
    expect(describeRun(logOf({ ...MADE, task }, ENQUEUED))).toContain('  job-1 (task 1) ');
  });

  it('says that the owner was refunded', () => {
    const text = describeRun(logOf(MADE, ENQUEUED, DEQUEUED, ended('task-failed', 'failed')));
    expect(text).toContain('  producer       1.500000 STX  refund of hello (task 1)');
  });
});

describe('createDisplay', () => {
  const shownOn = (stream: { readonly isTTY: boolean }, ...events: readonly FacEvent[]): string => {
    let text = '';
    const write = (chunk: string): boolean => {
      text += chunk;
      return true;
    };
    // A display uses no more of a stream than this.
    const out = { ...stream, write, columns: 200, rows: 40 } as unknown as NodeJS.WriteStream;
    const display = createDisplay(out);
    let log = EMPTY_LOG;
    for (const event of events) {
      log = addEvent(log, event);
      const row = 'state' in event ? log.rows.get(QUEUED.id) : undefined;
      if (row !== undefined) display.show(log, row);
    }
    return text;
  };

  it('prints a line for each event where there is no terminal', () => {
    const waiting: FacEvent = {
      ...place,
      topic: 'task-scheduled',
      id: QUEUED.id,
      state: { ...QUEUED, status: 'pending', gate: 'time', clock: 'burn', at: makeBurnHeight(5n) },
    };
    expect(shownOn({ isTTY: false }, MADE, ENQUEUED, waiting, DEQUEUED)).toBe(
      [
        'task 1 hello: task-enqueued, now queued',
        'task 1 hello: task-scheduled, now pending, due at Bitcoin height 5',
        'task 1 hello: task-dequeued, now running, attempt 1 of 3 by keeper, lease until Stacks height 30',
        '',
      ].join('\n'),
    );
  });

  it('keeps one table up to date on a terminal', () => {
    const text = shownOn({ isTTY: true }, MADE, ENQUEUED, DEQUEUED);
    const [first = '', second = ''] = text.split('\x1b[2A\x1b[0J');
    expect(first.split('\n')).toHaveLength(3);
    expect(first).toMatch(/ {3}1 {2}hello .* queued .* 0\/3/);
    expect(second).toMatch(/ {3}1 {2}hello .* running .* 1\/3 .* keeper .* 1.5 STX/);
  });
});
