import type { Dice } from './dice.js';

/** What no HTTP client sends: each is all that comes over a connection. */
export function makeRawRequest(dice: Dice): Buffer | string {
  const host = 'Host: x\r\n';
  const json = 'Content-Type: application/json\r\n';
  const post = (headers: string, body: string) =>
    `POST /v2/transactions HTTP/1.1\r\n${host}${json}${headers}\r\n${body}`;
  return dice.of<() => Buffer | string>([
    () => dice.bytes(1 + dice.below(200)),
    () => '\r\n\r\n',
    () => 'GET\r\n\r\n',
    () => 'GET /v2/info\r\n\r\n',
    () => `GET /v2/info HTTP/9.9\r\n${host}\r\n`,
    () => `get /v2/info HTTP/1.1\r\n${host}\r\n`,
    () => `GET /v2/in fo HTTP/1.1\r\n${host}\r\n`,
    () => `GET /v2/\x00info HTTP/1.1\r\n${host}\r\n`,
    () => Buffer.from(`GET /v2/\xff\xfe HTTP/1.1\r\n${host}\r\n`, 'latin1'),
    () => 'GET /v2/info HTTP/1.1\r\n\r\n',
    () => 'GET /v2/info HTTP/1.0\r\n\r\n',
    () => 'GET /v2/info HTTP/1.1\r\nHost: a b/c?d#e\r\n\r\n',
    () => 'GET /v2/info HTTP/1.1\r\nHost: [::\r\n\r\n',
    () => 'GET /v2/info HTTP/1.1\r\nHost: \r\n\r\n',
    () => `GET http://%zz/v2/info HTTP/1.1\r\n${host}\r\n`,
    () => `GET https://x:99999/v2/info HTTP/1.1\r\n${host}\r\n`,
    () => `GET // HTTP/1.1\r\n${host}\r\n`,
    () => `GET //x:y@[/ HTTP/1.1\r\n${host}\r\n`,
    () => `GET ?x HTTP/1.1\r\n${host}\r\n`,
    () => `CONNECT /v2/info HTTP/1.1\r\n${host}\r\n`,
    () => `CONNECT x:80 HTTP/1.1\r\n${host}\r\n`,
    () => `OPTIONS * HTTP/1.1\r\n${host}\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}X: ${'x'.repeat(20_000)}\r\n\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}${'X: y\r\n'.repeat(3_000)}\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}bad header\r\n\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}X: \x01\r\n\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}Expect: nothing\r\n\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}Content-Length: 5\r\n\r\nhello`,
    () => `GET /v2/info HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    () => post('Content-Length: 2\r\nTransfer-Encoding: chunked\r\n', '2\r\n{}\r\n0\r\n\r\n'),
    () => post('Content-Length: 2\r\nContent-Length: 3\r\n', '{} '),
    () => post('Content-Length: -1\r\n', '{}'),
    () => post('Content-Length: 1e3\r\n', '{}'),
    () => post('Content-Length: 99999999999999999999999\r\n', '{}'),
    () => post('Content-Length: 999999999\r\n', '{}'),
    () => post('Content-Length: 100\r\n', '{'),
    () => post('Transfer-Encoding: chunked\r\n', 'zz\r\n{}\r\n0\r\n\r\n'),
    () => post('Transfer-Encoding: chunked\r\n', 'ffffffff\r\n{}'),
    () => post('Transfer-Encoding: chunked\r\n', '2\r\n{}'),
    () => post('Transfer-Encoding: gzip\r\n', '{}'),
    () => post('Content-Encoding: gzip\r\nContent-Length: 2\r\n', '{}'),
    () => post('', '{}'),
    () => `GET /v2/info HTTP/1.1\r\n${host}`,
    () => `POST /localnet/fork HTTP/1.1\r\n${host}Content-Length: 50\r\n\r\n{"depth":`,
    () => `GET /extended/v1/ws HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
    () => `GET /v2/info HTTP/1.1\r\n${host}Upgrade: h2c\r\nConnection: Upgrade\r\n\r\n`,
    () => `POST /v2/info HTTP/1.1\r\n${host}Upgrade: x\r\nConnection: Upgrade\r\nContent-Length: 9\r\n\r\nx`,
    () =>
      `GET /extended/v1/ws HTTP/1.1\r\n${host}Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\xff\xff\xff\xff`,
    () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    () => Buffer.from('16030100a5010000a10303', 'hex'),
  ])();
}
