import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { COUNTER, type Harness, startFixture } from '../harness.js';
import { openRpcSocket } from './rpc-socket.js';
import { until } from './until.js';

let h: Harness;
beforeAll(async () => {
  h = await startFixture({ deploy: false });
});
afterAll(() => h.node.stop());

const error = (code: number, message: string, data?: string, id: unknown = null) => ({
  jsonrpc: '2.0',
  id,
  error: data === undefined ? { code, message } : { code, message, data },
});
const NOT_A_REQUEST = 'expected {"jsonrpc": "2.0", "id", "method", "params"}';
const subscribe = (params: unknown, id: unknown = 7) => ({ jsonrpc: '2.0', id, method: 'subscribe', params });

const BAD_PARAMS: readonly (readonly [params: unknown, text: string])[] = [
  [undefined, 'subscription requests must include an event name'],
  [[], 'subscription requests must include an event name'],
  [{ event: 5 }, 'subscription requests must include an event name'],
  [{ event: 'constructor' }, 'subscription request must use a valid event name'],
  [{ event: 'tx_update', tx_id: '0x12' }, 'invalid tx_id'],
  [{ event: 'tx_update' }, 'invalid tx_id'],
  [{ event: 'address_tx_update', address: 'nobody' }, 'invalid address'],
  [{ event: 'address_balance_update', address: ['x'] }, 'invalid address'],
  [{ event: 'nft_collection_event', asset_identifier: 'x::y' }, 'invalid asset_identifier'],
  [{ event: 'nft_asset_event', asset_identifier: `${COUNTER}::b`, value: 'u1' }, 'invalid value'],
];

describe('a message to the websocket', () => {
  it.each<[string, unknown, unknown]>([
    ['no JSON', '{"jsonrpc":', error(-32700, 'Parse error', 'expected JSON')],
    ['bytes', Buffer.from('{}'), error(-32700, 'Parse error', 'expected a text message')],
    ['a number', '4', error(-32600, 'Invalid request', NOT_A_REQUEST)],
    ['no version', { id: 3, method: 'subscribe' }, error(-32600, 'Invalid request', NOT_A_REQUEST, 3)],
    ['an object as id', subscribe({}, {}), error(-32600, 'Invalid request', NOT_A_REQUEST)],
    ['an answer', { jsonrpc: '2.0', id: 9, result: 1 }, error(-32600, 'Invalid request', NOT_A_REQUEST, 9)],
    ['an empty batch', [], error(-32600, 'Invalid request', 'expected 1 to 100 requests in a batch')],
    [
      'an unknown method',
      { jsonrpc: '2.0', id: 'a', method: '__proto__' },
      error(-32601, 'Method not found', undefined, 'a'),
    ],
    ...BAD_PARAMS.map(([params, text]): [string, unknown, unknown] => [
      JSON.stringify(params) ?? 'no parameters',
      subscribe(params),
      error(-32602, 'Invalid params', text, 7),
    ]),
  ])('is refused by name: %s', async (_what, message, answer) => {
    const rpc = await openRpcSocket(h.node.url);
    expect(await rpc.ask(message)).toEqual(answer);
    expect((await rpc.subscribe({ event: 'block' })).result).toEqual({});
    rpc.socket.terminate();
  });

  it('is answered in a batch as a batch, and not at all if it is a notification', async () => {
    const rpc = await openRpcSocket(h.node.url);
    rpc.socket.send(JSON.stringify({ jsonrpc: '2.0', method: 'subscribe', params: { event: 'block' } }));
    const answer = await rpc.ask([
      subscribe({ event: 'mempool' }, 1),
      { jsonrpc: '2.0', method: 'subscribe' },
      subscribe({ event: 'nothing' }, 2),
    ]);
    expect(answer).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      error(-32602, 'Invalid params', 'subscription request must use a valid event name', 2),
    ]);
    await h.node.mine();
    expect((await rpc.subscribe({ event: 'block' })).result).toEqual({});
    expect(rpc.messages.length).toBe(2);
    rpc.socket.terminate();
  });

  it('of more than 64 KiB ends the connection', async () => {
    const rpc = await openRpcSocket(h.node.url);
    rpc.socket.send('x'.repeat(64 * 1024 + 1));
    await until('the close', () => rpc.closed.code === 1009);
  });
});

describe('a client of the websocket', () => {
  it('has at most 1,000 subscriptions', async () => {
    const rpc = await openRpcSocket(h.node.url);
    const topic = (n: number) => ({ event: 'tx_update', tx_id: n.toString(16).padStart(64, '0') });
    for (let n = 0; n < 1_000; n += 100) {
      await rpc.ask(Array.from({ length: 100 }, (_, i) => subscribe(topic(n + i))));
    }
    const text = 'a client has at most 1000 subscriptions';
    expect((await rpc.subscribe(topic(1_000))).error).toEqual(error(-32602, 'Invalid params', text).error);
    expect((await rpc.subscribe(topic(999))).error).toBeUndefined();
    await rpc.unsubscribe(topic(0));
    expect((await rpc.subscribe(topic(1_000))).error).toBeUndefined();
    rpc.socket.terminate();
  });

  it('that does not read is let go while others go on', async () => {
    const slow = await openRpcSocket(h.node.url);
    const other = await openRpcSocket(h.node.url);
    slow.socket.on('error', () => undefined);
    slow.socket.pause();
    const request = JSON.stringify(subscribe({ event: 'block' }, 'x'.repeat(60_000)));
    // Each answer is as long as the request, and none is read. Pings would end it too, but not before 5 s.
    const isLetGo = () => {
      for (let n = 0; n < 20 && slow.socket.readyState === WebSocket.OPEN; n++) slow.socket.send(request);
      return slow.socket.readyState !== WebSocket.OPEN;
    };
    await until('the server lets go', isLetGo, 4_000);
    expect((await other.subscribe({ event: 'block' })).result).toEqual({});
    await h.node.mine();
    await other.notice('block');
    other.socket.terminate();
    slow.socket.terminate();
  });

  it('that answers no ping is let go, one that does stays', async () => {
    const url = `${h.node.url.replace('http', 'ws')}/extended/v1/ws`;
    const silent = new WebSocket(url, { autoPong: false });
    const alive = await openRpcSocket(h.node.url);
    let pings = 0;
    silent.on('ping', () => pings++);
    // The pings come every 5 s; the second of them finds the first unanswered.
    await until('the close', () => silent.readyState === WebSocket.CLOSED, 20_000);
    expect(pings).toBe(1);
    expect((await alive.subscribe({ event: 'block' })).result).toEqual({});
    alive.socket.terminate();
  });

  it('is one of at most 256, and makes room when it leaves', async () => {
    const { node } = await startFixture({ deploy: false });
    const clients = await Promise.all(Array.from({ length: 256 }, () => openRpcSocket(node.url)));
    await expect(openRpcSocket(node.url)).rejects.toThrow('503');
    for (const { socket } of clients) socket.close();
    await until('all are gone', () => clients.every(({ closed }) => closed.code !== undefined));
    const next = await openRpcSocket(node.url);
    await node.stop();
    await until('the close', () => next.closed.code !== undefined);
  });
});

describe('an upgrade', () => {
  it.each(['/', '/extended/v1/ws/more', '/extended/v1/wss', '/v2/info', '/%00', '//extended/v1/ws'])(
    'of %s is answered with 404',
    async (path) => {
      const answer = await upgrade(path, 'websocket');
      expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
      expect(answer).toContain('{"error":');
    },
  );

  it('answers a client that only offers another HTTP as if it had not', async () => {
    const answer = await upgrade('/v2/info', 'h2c');
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('stacks_tip_height');
  });

  it('takes a query and refuses a handshake that is none', async () => {
    expect(await upgrade('/extended/v1/ws?x=1', 'other')).toMatch(/^HTTP\/1\.1 400 /);
    const socket = new WebSocket(`${h.node.url.replace('http', 'ws')}/extended/v1/ws?x=1`);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.terminate();
  });

  it('is open no longer than the node', async () => {
    const node = await startFixture({ deploy: false });
    const rpc = await openRpcSocket(node.node.url);
    await node.node.stop();
    await until('the close', () => rpc.closed.code !== undefined);
  });
});

/** Sends an upgrade request as bytes and resolves with all that came back. */
function upgrade(path: string, protocol: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(h.node.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    const head = [`GET ${path} HTTP/1.1`, 'host: localhost', 'connection: upgrade', `upgrade: ${protocol}`];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
  });
}
