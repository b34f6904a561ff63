import { LocalnetError, type LocalnetEvent } from '@fac/localnet';
import { afterEach, describe, expect, it } from 'vitest';
import { startDelivery } from '../../../localnet/src/push/delivery.js';
import { resolveObserver } from '../../../localnet/src/push/observer-options.js';
import { type Harness, type Json, startFixture } from '../harness.js';
import { type Behaviour, type ObserverServer, startObserverServer } from './observer-server.js';
import { until } from './until.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse().splice(0)) await close();
});

async function startObserver(behave?: Behaviour): Promise<ObserverServer> {
  const server = await startObserverServer(behave);
  closers.push(server.stop);
  return server;
}

async function startNode(observers: string[]): Promise<{ h: Harness; warnings: string[] }> {
  const warnings: string[] = [];
  const onEvent = (event: LocalnetEvent) => {
    if (event.event === 'warning') warnings.push(event.message);
  };
  const h = await startFixture({ observers, onEvent, deploy: false });
  closers.push(h.node.stop);
  return { h, warnings };
}

const heightsOf = (server: ObserverServer) =>
  server.bodies('/new_block').map(({ block_height }: Json) => block_height);

const allOf = (server: ObserverServer, count: number) =>
  until(`${count} blocks`, () => heightsOf(server).length >= count);

describe('delivery to an observer', () => {
  it('is tried until it is taken, in order, and nothing is left out', async () => {
    const failing = await startObserver((count) => [500, 302, 404, 200, 503, 200][count] ?? 200);
    const healthy = await startObserver();
    const { h, warnings } = await startNode([failing.url, healthy.url]);
    await h.node.mine({ stacksBlocks: 4, burnBlocks: 2 });

    await allOf(failing, 6);
    await allOf(healthy, 6);
    expect(failing.taken.map(({ path, body }) => [path, body])).toEqual(
      healthy.taken.map(({ path, body }) => [path, body]),
    );
    expect(failing.seen.length).toBe(failing.taken.length + 4);
    expect(warnings).toEqual([
      `observer ${failing.url} did not take /new_block (status 500); it is tried until it does`,
      `observer ${failing.url} is back`,
      `observer ${failing.url} did not take /new_block (status 503); it is tried until it does`,
      `observer ${failing.url} is back`,
    ]);
  });

  it('to one that hangs delays neither blocks nor other observers, and is one at a time', async () => {
    const hanging = await startObserver(() => 'silence');
    const healthy = await startObserver();
    const { h } = await startNode([hanging.url, healthy.url]);
    await h.node.mine({ stacksBlocks: 10 });
    await allOf(healthy, 10);
    expect(new Set(hanging.seen.map(({ body }) => body.block_height)).size).toBeLessThanOrEqual(1);
    expect(hanging.taken).toEqual([]);
  });

  it('is tried again after five seconds without an answer', async () => {
    const slow = await startObserver((count) => (count === 0 ? 'silence' : 200));
    const { h, warnings } = await startNode([slow.url]);
    await h.node.mine();
    await allOf(slow, 1);
    expect(slow.seen).toEqual([slow.taken[0], slow.taken[0]]);
    expect(warnings[0]).toContain('no answer in 5000 ms');
  });

  it('gets what is in hand when the node stops, and no more than a second', async () => {
    const healthy = await startObserver();
    const gone = await startObserver();
    await gone.stop();
    const { h } = await startNode([healthy.url, gone.url]);
    await h.node.mine({ stacksBlocks: 5 });
    const startMs = performance.now();
    await h.node.stop();
    expect(performance.now() - startMs).toBeLessThan(5_000);
    expect(heightsOf(healthy).length).toBe(5);
  });

  it('keeps 64 MiB for one that is away, lets the oldest go, and says how many', async () => {
    let isAway = true;
    const server = await startObserver(() => (isAway ? 503 : 200));
    const warnings: string[] = [];
    const delivery = startDelivery(resolveObserver({ url: server.url, timeoutMs: 60_000 }), (message) =>
      warnings.push(message),
    );
    const filler = 'x'.repeat(8 * 1024 * 1024);
    for (let n = 0; n < 11; n++) delivery.push({ path: '/n', body: JSON.stringify({ n, filler }) });
    await until('a refused post', () => warnings.length === 1);
    isAway = false;

    // The first was in hand already; of the ten behind it seven fit, as each is a little over 8 MiB.
    await until('the last post', () => server.taken.at(-1)?.body.n === 10);
    expect(server.taken.map(({ body }) => body.n)).toEqual([0, 4, 5, 6, 7, 8, 9, 10]);
    expect(warnings[1]).toBe(`observer ${server.url} is back; 3 posts were let go meanwhile`);
    await delivery.stop(0);
  });

  it('carries the credentials of the URL as a header, and shows them to nobody', async () => {
    const server = await startObserver((count) => (count === 0 ? 401 : 200));
    const url = `${server.url.replace('//', '//user:s%3Acret@')}/hooks/token-in-path/?key=token-in-query`;
    const { h, warnings } = await startNode([`${url}#*`]);
    await h.node.mine();
    const post = await until('a post', () => server.taken[0]);
    expect(post).toMatchObject({
      path: 'POST /hooks/token-in-path/new_block?key=token-in-query',
      authorization: `Basic ${Buffer.from('user:s:cret').toString('base64')}`,
    });
    await until('both warnings', () => warnings.length === 2);
    expect(warnings.join()).not.toMatch(/cret|user|token/);
    expect(warnings[0]).toContain(server.url);
  });
});

describe('the option observers', () => {
  it.each([
    ['localhost:3700', /expected .*http/],
    ['ftp://user:secret@127.0.0.1', /expected .*http/],
    ['http://user:secret@127.0.0.1:1#nonsense', /http:\/\/127.0.0.1:1: "nonsense" is no key/],
    ['http://127.0.0.1:1#STNOADDRESS.counter::print', /is no key/],
    ['http://127.0.0.1:1#ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM.counter', /is no key/],
  ])('refuses %s', async (observer, message) => {
    const error: unknown = await startFixture({ observers: [observer] }).catch((cause: unknown) => cause);
    if (!(error instanceof LocalnetError)) throw new Error('expected a refusal');
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('secret');
  });
});
