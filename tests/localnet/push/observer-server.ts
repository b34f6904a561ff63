import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from '../harness.js';

export interface RecordedPost {
  readonly path: string;
  readonly body: Json;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
}

/** An event observer that keeps what it is sent. */
export interface ObserverServer {
  readonly url: string;
  /** Every post that came, also those that were not taken. */
  readonly seen: readonly RecordedPost[];
  /** Those that were answered with 200. */
  readonly taken: readonly RecordedPost[];
  bodies(path: string): readonly Json[];
  stop(): Promise<void>;
}

/** What to answer to the nth post, counted from 0: a status, or nothing at all. */
export type Behaviour = (count: number) => number | 'silence';

export async function startObserverServer(behave: Behaviour = () => 200): Promise<ObserverServer> {
  const seen: RecordedPost[] = [];
  const taken: RecordedPost[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { authorization, 'content-type': contentType } = request.headers;
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const post = { path: `${request.method} ${request.url}`, body, authorization, contentType };
    const answer = behave(seen.push(post) - 1);
    if (answer === 200) taken.push(post);
    if (answer !== 'silence') end(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    taken,
    bodies: (path) => taken.filter((post) => post.path === `POST ${path}`).map(({ body }) => body),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{"ok":true}');
}
