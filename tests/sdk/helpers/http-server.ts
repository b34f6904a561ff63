import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface TestServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A real server on a free port of 127.0.0.1; it closes with the test. */
export const startServer = async (answer: Answer): Promise<TestServer> => {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks) };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a TCP server's address, as it listens on a port
  return { url: `http://127.0.0.1:${port}`, seen };
};

/** Answers each request with the same. */
export const always =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    const isText = typeof body === 'string' && headers['content-type'] !== undefined;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(isText ? body : JSON.stringify(body));
  };

/** A port of 127.0.0.1 nobody listens on. */
export const findClosedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // as above
  await new Promise((resolve) => server.close(resolve));
  return port;
};
