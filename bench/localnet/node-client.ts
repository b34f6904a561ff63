import { Agent, request } from 'node:http';

/** HTTP as a busy client makes it: connections kept open, and no more of them than asked for. */
export interface NodeClient {
  get(path: string): Promise<string>;
  postJson(path: string, body: unknown): Promise<string>;
  /** Broadcasts the bytes of a signed transaction; throws what the node refuses. */
  broadcast(transaction: Uint8Array): Promise<void>;
  close(): void;
}

export function createNodeClient(url: string, connections: number): NodeClient {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });

  function send(method: string, path: string, contentType: string, body: Uint8Array): Promise<string> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': contentType, 'content-length': body.byteLength };
      const sent = request(new URL(path, url), { method, agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () =>
          response.statusCode === 200
            ? resolve(text)
            : reject(new Error(`${path}: ${response.statusCode} ${text}`)),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  return {
    get: (path) => send('GET', path, 'application/json', new Uint8Array()),
    postJson: (path, body) => send('POST', path, 'application/json', Buffer.from(JSON.stringify(body))),
    async broadcast(transaction) {
      await send('POST', '/v2/transactions', 'application/octet-stream', transaction);
    },
    close: () => agent.destroy(),
  };
}

/** Runs `work` on every item, so many at a time. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

const POLL_MS = 20;
const WAIT_LIMIT_MS = 120_000;

/** Resolves once `isDone`; throws after two minutes. */
export async function until(what: string, isDone: () => Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  while (!(await isDone())) {
    if (performance.now() - startMs > WAIT_LIMIT_MS) throw new Error(`${what}: not in two minutes`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
