import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { FuzzRequest } from './request.js';

export interface Answer {
  /** The status, or how it came that there is none. */
  readonly status: number | 'closed' | 'hangs';
  readonly contentType: string;
  readonly body: string;
}

export interface Sender {
  /** Over a kept connection, with everything but the target checked by Node. */
  send(request: FuzzRequest): Promise<Answer>;
  /** These bytes over a connection of their own, whose sending half is then closed. */
  sendBytes(bytes: Buffer | string): Promise<Answer>;
  stop(): void;
}

/** No answer after this long is a request that hangs. */
const MAX_ANSWER_MS = 5_000;
export const CONNECTIONS = 16;

export function createSender(port: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const hostname = '127.0.0.1';
  const sendOnce = ({ method, target, headers, body }: Sent, isRepeated: boolean): Promise<Answer> =>
    new Promise((resolve) => {
      const length = body === undefined ? {} : { 'content-length': `${body.byteLength}` };
      const sent = request(
        { agent, hostname, port, path: target, method, headers: { ...headers, ...length } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            clearTimeout(timer);
            const { statusCode: status = 0, headers } = response;
            const contentType = headers['content-type'] ?? '';
            resolve({ status, contentType, body: Buffer.concat(chunks).toString() });
          });
        },
      );
      const timer = setTimeout(() => {
        resolve({ status: 'hangs', contentType: '', body: '' });
        sent.destroy();
      }, MAX_ANSWER_MS);
      sent.on('error', (error) => {
        clearTimeout(timer);
        // The server let go of the idle connection while this request was on its way.
        if (sent.reusedSocket && !isRepeated) resolve(sendOnce({ method, target, headers, body }, true));
        else resolve({ status: 'closed', contentType: '', body: String(error) });
      });
      sent.end(body);
    });
  return {
    send: (request) => sendOnce(request, false),
    sendBytes: (bytes) =>
      new Promise((resolve) => {
        const socket = connect(port, hostname);
        const chunks: Buffer[] = [];
        const timer = setTimeout(() => {
          resolve({ status: 'hangs', contentType: '', body: '' });
          socket.destroy();
        }, MAX_ANSWER_MS);
        // The head is enough: a connection that is kept ends when it pleases.
        socket.on('data', (chunk) => {
          chunks.push(chunk);
          if (Buffer.concat(chunks).includes('\r\n\r\n')) socket.destroy();
        });
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearTimeout(timer);
          resolve(parseAnswer(Buffer.concat(chunks).toString()));
        });
        socket.end(bytes);
      }),
    stop: () => agent.destroy(),
  };
}

type Sent = Omit<FuzzRequest, 'row' | 'what'>;

function parseAnswer(text: string): Answer {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
  return { status: status === undefined ? 'closed' : Number(status), contentType: '', body: text };
}
