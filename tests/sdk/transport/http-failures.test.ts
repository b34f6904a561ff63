import { createHttpTransport, type HttpTransportOptions, type Transport } from '@fac/sdk';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../helpers/errors.js';
import { always, findClosedPort, startServer } from '../helpers/http-server.js';

const ADDRESS = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM';
const html = { 'content-type': 'text/html' };

const REQUESTS: [string, (transport: Transport) => Promise<unknown>][] = [
  ['fetchInfo', (transport) => transport.fetchInfo()],
  ['fetchAccount', (transport) => transport.fetchAccount(ADDRESS)],
  ['fetchNonces', (transport) => transport.fetchNonces(ADDRESS)],
  [
    'callRead',
    (transport) =>
      transport.callRead({ contract: `${ADDRESS}.q`, functionName: 'f', functionArgs: [], sender: ADDRESS }),
  ],
  ['fetchDataVar', (transport) => transport.fetchDataVar(`${ADDRESS}.q`, 'last-id')],
  ['fetchContractSource', (transport) => transport.fetchContractSource(`${ADDRESS}.q`)],
  ['fetchContractInterface', (transport) => transport.fetchContractInterface(`${ADDRESS}.q`)],
  ['fetchContractLogs', (transport) => transport.fetchContractLogs({ contract: `${ADDRESS}.q` })],
  ['fetchFeeRate', (transport) => transport.fetchFeeRate()],
  ['estimateFee', (transport) => transport.estimateFee('00', 100)],
  ['broadcastTransaction', (transport) => transport.broadcastTransaction(new Uint8Array(3))],
  ['fetchTransaction', (transport) => transport.fetchTransaction('ab'.repeat(32))],
];

const transportTo = (nodeUrl: string, options: Partial<HttpTransportOptions> = {}): Transport =>
  createHttpTransport({ nodeUrl, timeoutMs: 5_000, ...options });

describe.each(REQUESTS)('%s', (_, request) => {
  it('says that a node is down', async () => {
    const port = await findClosedPort();
    const error = await refusalOf(() => request(transportTo(`http://127.0.0.1:${port}`)));
    expect(error).toMatchObject({ code: 'REJECTED_CONNECTION', isRetryable: true });
    expect(error.context).toMatchObject({ host: `127.0.0.1:${port}`, cause: 'ECONNREFUSED' });
  });

  it('says that a node does not answer in time', async () => {
    const { url } = await startServer(() => undefined);
    const error = await refusalOf(() => request(transportTo(url, { timeoutMs: 50 })));
    expect(error).toMatchObject({ code: 'TIMED_OUT_REQUEST', isRetryable: true, context: { timeoutMs: 50 } });
  });

  it('says that a node answers HTML', async () => {
    const { url } = await startServer(always(200, '<!DOCTYPE html><p>hello', html));
    const error = await refusalOf(() => request(transportTo(url)));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', isRetryable: true });
    expect(error.message).toContain('an HTML page (status 200)');
  });

  it('says that a server fails', async () => {
    const { url } = await startServer(always(503, '<html>Bad gateway</html>', html));
    const error = await refusalOf(() => request(transportTo(url)));
    expect(error).toMatchObject({ code: 'REJECTED_REQUEST', isRetryable: true });
    expect(error.context).toMatchObject({ status: 503, detail: 'an HTML page' });
  });

  it('says how long a rate limit asks to wait', async () => {
    const { url } = await startServer(always(429, 'slow down', { 'retry-after': '3' }));
    const error = await refusalOf(() => request(transportTo(url)));
    expect(error).toMatchObject({ code: 'REJECTED_BY_RATE_LIMIT', isRetryable: true });
    expect(error.context).toMatchObject({ retryAfterMs: 3_000 });
  });
});

// An interface is handed on as it came; all other answers have a shape.
describe.each(REQUESTS.filter(([name]) => name !== 'fetchContractInterface'))('%s', (_, request) => {
  it('says that a node answers another JSON', async () => {
    const { url } = await startServer(always(200, { hello: 'world' }));
    const error = await refusalOf(() => request(transportTo(url)));
    expect(error).toMatchObject({ code: 'INVALID_RESPONSE', isRetryable: true });
  });
});

describe('createHttpTransport', () => {
  it.each(['', 'localhost:3999', 'ftp://localhost', 'devnet'])('refuses %j for a URL', async (nodeUrl) => {
    const error = await refusalOf(() => createHttpTransport({ nodeUrl }));
    expect(error).toMatchObject({ code: 'INVALID_OPTION', context: { option: 'nodeUrl' } });
  });

  it.each([0, -1, Number.NaN, 2 ** 31])('refuses a timeout of %d ms', async (timeoutMs) => {
    const error = await refusalOf(() => createHttpTransport({ nodeUrl: 'http://localhost', timeoutMs }));
    expect(error).toMatchObject({ code: 'INVALID_OPTION', context: { option: 'timeoutMs' } });
  });

  it('sends credentials of the URL and never prints them', async () => {
    const { url, seen } = await startServer(always(500, 'no', { 'content-type': 'text/plain' }));
    const withSecret = url.replace('http://', 'http://user:p%40ss@');
    const error = await refusalOf(() => transportTo(withSecret).fetchInfo());
    expect(seen[0]?.headers.authorization).toBe(`Basic ${btoa('user:p@ss')}`);
    expect(JSON.stringify([error.message, error.context])).not.toMatch(/user|p@ss|p%40ss/);
  });

  it('sends the headers it is given', async () => {
    const { url, seen } = await startServer(always(200, 1));
    await transportTo(url, { headers: { 'x-api-key': 'k' } }).fetchFeeRate();
    expect(seen[0]?.headers['x-api-key']).toBe('k');
  });

  it('keeps the path of the URL', async () => {
    const { url, seen } = await startServer(always(200, 7));
    await transportTo(`${url}/stacks/`).fetchFeeRate();
    expect(seen[0]?.path).toBe('/stacks/v2/fees/transfer');
  });

  it('ends a request with the reason of its signal', async () => {
    const reason = new Error('changed my mind');
    const controller = new AbortController();
    const { url } = await startServer(() => controller.abort(reason));
    await expect(transportTo(url).fetchInfo({ signal: controller.signal })).rejects.toBe(reason);
  });
});
