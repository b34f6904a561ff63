import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { LocalnetError } from '../errors.js';
import { refuseUpgrade } from './refuse-upgrade.js';

/** Takes over a connection whose client asked for another protocol than HTTP. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** An HTTP server that holds its port from the start and answers 503 until there is an app. */
export interface HttpServer {
  readonly url: string;
  readonly port: number;
  serve(app: Hono): void;
  /** Whoever takes upgrades also releases their sockets: closing the server does not end them. */
  onUpgrade(handler: UpgradeHandler): void;
  close(): Promise<void>;
}

export async function openServer(host: string, port: number): Promise<HttpServer> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":"localnet is starting"}');
  };
  let upgrade: UpgradeHandler = (_request, socket) => refuseUpgrade(socket, 503, 'localnet is starting');
  const server = createServer((request, response) => listener(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (isOffer(request)) answerPlainly(server, request, socket);
    else upgrade(request, socket, head);
  });
  await listen(server, host, port);
  // A listening TCP server has an address of this form.
  const bound = server.address() as AddressInfo;
  return {
    port: bound.port,
    url: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    serve(app) {
      listener = getRequestListener(app.fetch);
    },
    onUpgrade(handler) {
      upgrade = handler;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Some HTTP clients offer HTTP/2 with every request and are content without it (RFC 9110, section 7.8). */
function isOffer({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'h2c';
}

/** Serves a request that Node has taken for an upgrade; its connection is of no more use afterwards. */
function answerPlainly(server: Server, request: IncomingMessage, socket: Duplex): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // A server's connections are sockets; the event's type is that of any stream.
  response.assignSocket(socket as Socket);
  response.on('finish', () => socket.end());
  server.emit('request', request, response);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const hint =
        cause.code === 'EADDRINUSE'
          ? 'something else listens there; choose another --port or 0'
          : cause.message;
      reject(new LocalnetError('REJECTED_PORT', `${host}:${port}: ${hint}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
