import { WebSocket } from 'ws';
import type { Json } from '../harness.js';
import { until } from './until.js';

/** A raw JSON-RPC client: what it sent is what the test wrote. */
export interface RpcSocket {
  readonly socket: WebSocket;
  /** Messages in the order they came. */
  readonly messages: readonly Json[];
  /** Why the other side closed it, once it has. */
  readonly closed: { readonly code: number | undefined };
  /** Sends and resolves with the next message. */
  ask(message: unknown): Promise<Json>;
  subscribe(params: object): Promise<Json>;
  unsubscribe(params: object): Promise<Json>;
  notice(method: string, matches?: (params: Json) => boolean): Promise<Json>;
}

export async function openRpcSocket(httpUrl: string): Promise<RpcSocket> {
  const socket = new WebSocket(`${httpUrl.replace('http', 'ws')}/extended/v1/ws`);
  const messages: Json[] = [];
  const closed = { code: undefined as number | undefined };
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  socket.on('close', (code) => {
    closed.code = code;
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  let lastId = 0;

  const ask = async (message: unknown) => {
    const before = messages.length;
    socket.send(typeof message === 'string' || Buffer.isBuffer(message) ? message : JSON.stringify(message));
    return until('an answer', () => messages[before]);
  };
  const call = async (method: string, params: object) => {
    const id = ++lastId;
    socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return until(`an answer to ${method}`, () => messages.find((message) => message.id === id));
  };
  return {
    socket,
    messages,
    closed,
    ask,
    subscribe: (params) => call('subscribe', params),
    unsubscribe: (params) => call('unsubscribe', params),
    notice: async (method, matches = () => true) =>
      (
        await until(`a notice of ${method}`, () =>
          messages.find((message) => message.method === method && matches(message.params)),
        )
      ).params,
  };
}
