import type { IncomingMessage } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Chain } from '../chain/chain.js';
import type { ChainEvent } from '../chain/chain-events.js';
import { refuseUpgrade } from '../routes/refuse-upgrade.js';
import type { HttpServer } from '../routes/server.js';
import { answerRpc, errorOf, invalidParams, methodNotFound, parseError, type RpcReply } from './json-rpc.js';
import { balanceNotices, type Notice, noticesOf } from './notices.js';
import { parseSubscription } from './subscription.js';
import { createTopics } from './topics.js';

/** Something with a life that can be ended. */
export interface Websocket {
  /** Ends every client; new ones are refused. */
  stop(): Promise<void>;
}

const PATH = '/extended/v1/ws';
/** More than one machine's dApps and tests open at a time. */
const MAX_CLIENTS = 256;
const MAX_SUBSCRIPTIONS = 1_000;
/** A request is some 200 bytes. */
const MAX_MESSAGE_BYTES = 64 * 1024;
/** What may wait for a reader beyond the kernel's own buffers; a slower one is let go. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** The API's interval; who has not answered the last ping by the next one is gone. */
const PING_INTERVAL_MS = 5_000;

/** Serves the API's websocket: JSON-RPC 2.0 with the methods subscribe and unsubscribe. */
export function attachWebsocket(server: Pick<HttpServer, 'onUpgrade'>, chain: Chain): Websocket {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const topics = createTopics<WebSocket>(MAX_SUBSCRIPTIONS);
  const answering = new WeakSet<WebSocket>();
  let balances: Promise<void> = Promise.resolve();

  function accept(client: WebSocket): void {
    answering.add(client);
    client.on('pong', () => void answering.add(client));
    client.on('close', () => topics.release(client));
    // A fault of the connection also closes it; without a listener it would end the process.
    client.on('error', () => client.terminate());
    client.on('message', (data, isBinary) => {
      const answer = isBinary
        ? JSON.stringify(errorOf(null, parseError('expected a text message')))
        : answerRpc(String(data), (method, params) => call(client, method, params));
      if (answer !== null) send(client, answer);
    });
  }

  function call(client: WebSocket, method: string, params: unknown): RpcReply {
    if (method !== 'subscribe' && method !== 'unsubscribe') return { error: methodNotFound() };
    const subscription = parseSubscription(params);
    if (typeof subscription === 'string') return { error: invalidParams(subscription) };
    const { topic, echo } = subscription;
    if (method === 'unsubscribe') topics.remove(client, topic);
    else if (!topics.add(client, topic))
      return { error: invalidParams(`a client has at most ${MAX_SUBSCRIPTIONS} subscriptions`) };
    return { result: echo };
  }

  function tell({ topic, method, params }: Notice): void {
    const listeners = topics.listeners(topic);
    if (listeners.length === 0) return;
    const text = JSON.stringify({ jsonrpc: '2.0', method, params });
    for (const client of listeners) send(client, text);
  }

  const stopListening = chain.events.listen((event: ChainEvent) => {
    for (const notice of noticesOf(event, chain, topics.has)) tell(notice);
    balances = balances
      .then(async () => {
        for (const notice of await balanceNotices(event, chain, topics.has)) tell(notice);
      })
      // Simnet is gone while the node stops: there is no balance to tell.
      .catch(() => undefined);
  });

  const heartbeat = setInterval(() => {
    for (const client of sockets.clients) {
      if (!answering.delete(client)) client.terminate();
      else if (client.readyState === WebSocket.OPEN) client.ping();
    }
  }, PING_INTERVAL_MS);
  heartbeat.unref();

  server.onUpgrade((request, socket, head) => {
    if (pathOf(request) !== PATH) refuseUpgrade(socket, 404, `no websocket at ${pathOf(request)}`);
    else if (sockets.clients.size >= MAX_CLIENTS)
      refuseUpgrade(socket, 503, `more than ${MAX_CLIENTS} clients`);
    else sockets.handleUpgrade(request, socket, head, accept);
  });

  return {
    async stop() {
      stopListening();
      clearInterval(heartbeat);
      server.onUpgrade((_request, socket) => refuseUpgrade(socket, 503, 'localnet is stopping'));
      for (const client of sockets.clients) client.terminate();
      await balances;
    },
  };
}

function send(client: WebSocket, text: string): void {
  if (client.readyState !== WebSocket.OPEN) return;
  if (client.bufferedAmount > MAX_BUFFERED_BYTES) client.terminate();
  else client.send(text);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}
