import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { LocalnetError } from '../errors.js';

/** An HTTP server that holds its port from the start and answers 503 until there is an app. */
export interface HttpServer {
  readonly url: string;
  readonly port: number;
  serve(app: Hono): void;
  close(): Promise<void>;
}

export async function openServer(host: string, port: number): Promise<HttpServer> {
  let listener: RequestListener = (_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":"localnet is starting"}');
  };
  const server = createServer((request, response) => listener(request, response));
  await listen(server, host, port);
  // A listening TCP server has an address of this form.
  const bound = server.address() as AddressInfo;
  return {
    port: bound.port,
    url: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    serve(app) {
      listener = getRequestListener(app.fetch);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
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
