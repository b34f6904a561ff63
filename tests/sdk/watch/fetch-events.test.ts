import { type ContractLog, createFac } from '@fac/sdk';
import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { DEPLOYER } from '../helpers/keys.js';
import { stubTransport } from '../helpers/stub-transport.js';

const contract = `${DEPLOYER}.coordinator-registry`;
const logAt = (eventIndex: number, value = setParam(eventIndex)): ContractLog => ({
  txid: 'ab'.repeat(32),
  eventIndex,
  contract,
  value,
});
const setParam = (value: number) =>
  Cl.tuple({ topic: Cl.stringAscii('param-set'), name: Cl.stringAscii('n'), value: Cl.uint(value) });

/** A contract with this history, oldest first, in pages of two. */
const facOver = (history: readonly ContractLog[]) => {
  const newestFirst = [...history].reverse();
  const transport = stubTransport({
    fetchContractLogs: ({ cursor = '0' }) => {
      const from = Number(cursor);
      const nextCursor = from + 2 < newestFirst.length ? `${from + 2}` : null;
      return Promise.resolve({ logs: newestFirst.slice(from, from + 2), nextCursor });
    },
  });
  return createFac({ deployer: DEPLOYER, transport });
};
const cursorAt = (eventIndex: number): string => `${'ab'.repeat(32)}:${eventIndex}`;
const options = { contract: 'coordinator-registry' } as const;

describe('fetchEvents', () => {
  it('reads all pages, oldest first', async () => {
    const { events, cursor } = await facOver([0, 1, 2, 3, 4].map((n) => logAt(n))).fetchEvents(options);
    expect(events.map((event) => event.eventIndex)).toEqual([0, 1, 2, 3, 4]);
    expect(events[4]).toEqual({
      topic: 'param-set',
      name: 'n',
      value: 4n,
      txid: 'ab'.repeat(32),
      eventIndex: 4,
    });
    expect(cursor).toBe(cursorAt(4));
  });

  it('reads only what came after a cursor', async () => {
    const fac = facOver([0, 1, 2, 3, 4].map((n) => logAt(n)));
    const { events, cursor } = await fac.fetchEvents({ ...options, after: cursorAt(1) });
    expect(events.map((event) => event.eventIndex)).toEqual([2, 3, 4]);
    expect(cursor).toBe(cursorAt(4));
  });

  it('stays at a cursor when nothing came after it', async () => {
    const fac = facOver([logAt(0), logAt(1)]);
    expect(await fac.fetchEvents({ ...options, after: cursorAt(1) })).toEqual({
      events: [],
      cursor: cursorAt(1),
    });
  });

  it('says that a fork undid the event it was to go on from', async () => {
    const fac = facOver([0, 1, 2].map((n) => logAt(n)));
    const error = await refusalOf(() => fac.fetchEvents({ ...options, after: cursorAt(9) }));
    expect(error).toMatchObject({ code: 'NOT_FOUND_EVENT', isRetryable: false });
  });

  it('goes back no further than it may', async () => {
    const fac = facOver([0, 1, 2, 3, 4].map((n) => logAt(n)));
    const error = await refusalOf(() => fac.fetchEvents({ ...options, after: cursorAt(0), maxPages: 2 }));
    expect(error).toMatchObject({ code: 'NOT_FOUND_EVENT', context: { pages: 2 } });
  });

  it('passes over prints it does not know and keeps their place', async () => {
    const unknown = [
      logAt(1, Cl.tuple({ topic: Cl.stringAscii('moon-landed') })),
      logAt(2, Cl.uint(3) as never),
    ];
    const { events, cursor } = await facOver([logAt(0), ...unknown]).fetchEvents(options);
    expect(events).toHaveLength(1);
    expect(cursor).toBe(cursorAt(2));
  });

  it('says that a record is of another version of the contracts', async () => {
    const fac = facOver([
      logAt(0, Cl.tuple({ topic: Cl.stringAscii('param-set'), name: Cl.stringAscii('n') }) as never),
    ]);
    const error = await refusalOf(() => fac.fetchEvents(options));
    expect(error).toMatchObject({
      code: 'MISMATCH_ABI',
      context: { function: 'event param-set', path: 'value' },
    });
  });

  it('gives no cursor where nothing was ever printed', async () => {
    expect(await facOver([]).fetchEvents(options)).toEqual({ events: [], cursor: undefined });
  });
});
