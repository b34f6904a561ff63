import type { Dice } from './dice.js';
import { DEEP_JSON, HOSTILE_TEXTS } from './hostile.js';
import type { FuzzRequest, ValidRequest } from './request.js';

const METHODS = [
  'PUT',
  'DELETE',
  'PATCH',
  'HEAD',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'QUERY',
  'PURGE',
  'M-SEARCH',
];
const TYPES = [
  'application/json',
  'application/octet-stream',
  'text/plain',
  'text/html; charset=x',
  'application/json;charset=utf-8',
  'multipart/form-data',
  'image/png',
  'x/y;z',
  '',
];
/** No object among them: an empty one is what some commands take. */
const WRONG_JSON = [
  'null',
  '7',
  '"x"',
  '[]',
  'true',
  '[{}]',
  '{',
  '{"a":',
  '{}{}',
  '-',
  '1e999',
  '"\\ud800"',
];
export const NO_ROUTE = '(no route)';

/** A request that can do nothing to the chain, whatever it is sent to. */
export function makeGarbage(valid: ValidRequest, row: string, dice: Dice): FuzzRequest {
  switch (dice.below(7)) {
    case 0:
      return withWrongMethod(valid, row, dice);
    case 1:
    case 2:
      return withGarbageBody(valid, row, dice);
    case 3:
      return withPathTrick(valid, row, dice);
    case 4:
      return withLongQuery(valid, row, dice);
    case 5:
      return withHostileSegments(valid, row, dice);
    default:
      return ofNowhere(dice);
  }
}

function withWrongMethod({ path }: ValidRequest, row: string, dice: Dice): FuzzRequest {
  const method = dice.of(METHODS);
  const body = method === 'TRACE' || dice.chance(50) ? undefined : garbageBody(dice);
  return { row, what: 'wrong method', method, target: path, headers: typeOf(dice), body };
}

function withGarbageBody({ path }: ValidRequest, row: string, dice: Dice): FuzzRequest {
  const [method, headers, body] = [dice.of(['POST', 'POST', 'POST', 'GET']), typeOf(dice), garbageBody(dice)];
  return { row, what: 'garbage body', method, target: path, headers, body };
}

function withPathTrick({ verb, path }: ValidRequest, row: string, dice: Dice): FuzzRequest {
  const segments = path.split('/');
  const at = 1 + dice.below(segments.length - 1);
  const trick = dice.of([
    '..',
    '.',
    '',
    '%2e%2e',
    '%2E',
    '%00',
    '%2f',
    '..%2f..',
    '%c0%af',
    '%ff',
    '%',
    '%zz',
    ';x',
    '\\',
    '%5c',
  ]);
  const target = segments.toSpliced(at, 0, trick).join('/');
  return { row, what: 'path trick', method: verb, target, headers: typeOf(dice), body: bodyOf(verb, dice) };
}

function withLongQuery({ verb, path }: ValidRequest, row: string, dice: Dice): FuzzRequest {
  const query = dice.of([
    'x'.repeat(10_000),
    'tip=0&'.repeat(1_000),
    'limit=-1&offset=-1',
    'limit=99999999999999999999999&offset=99999999999999999999',
    'limit=1e3&cursor=%ff',
    '%ff=%fe',
    '=&=&&&===',
    'tip=%00',
    'limit[]=1&limit[a]=2',
    `tip=${'f'.repeat(64)}`,
    `proof=${'1'.repeat(3_000)}`,
    '__proto__=1&constructor=2',
    '??##',
  ]);
  return {
    row,
    what: 'query',
    method: verb,
    target: `${path}?${query}`,
    headers: {},
    body: bodyOf(verb, dice),
  };
}

/** Every segment after the version is another one. */
function withHostileSegments({ verb, path }: ValidRequest, row: string, dice: Dice): FuzzRequest {
  const [root = '', version = '', name = '', ...rest] = path.split('/');
  const hostile = rest.map(() => encodeURIComponent(dice.of(HOSTILE_TEXTS)));
  const target = [root, version, name, ...hostile].join('/');
  return { row, what: 'segments', method: verb, target, headers: typeOf(dice), body: bodyOf(verb, dice) };
}

function ofNowhere(dice: Dice): FuzzRequest {
  const path = dice.of([
    '/',
    '//',
    '///v2//info',
    '/v2',
    '/v2/',
    '/v3',
    '/extended/',
    '/localnet',
    '/localnet/',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/v2/%',
    '/v2/%E0%A4%A',
    '/favicon.ico',
    '/v2/info/..',
    'http://other.example/v2/info',
    '*',
    'v2/info',
    `/v2/${'a/'.repeat(2_000)}`,
    `/extended/${encodeURIComponent(dice.bytes(12).toString('latin1'))}`,
    `/${'%41'.repeat(2_000)}`,
  ]);
  const method = dice.of(['GET', 'POST', ...METHODS]);
  const body = method === 'POST' ? garbageBody(dice) : undefined;
  return { row: NO_ROUTE, what: 'no route', method, target: path, headers: typeOf(dice), body };
}

function bodyOf(verb: string, dice: Dice): Buffer | undefined {
  return verb === 'POST' ? garbageBody(dice) : undefined;
}

function typeOf(dice: Dice): Record<string, string> {
  return dice.chance(80) ? { 'content-type': dice.of(TYPES), authorization: '12345' } : {};
}

/** Never empty and never a JSON object: some commands need no more. */
function garbageBody(dice: Dice): Buffer {
  switch (dice.below(4)) {
    case 0:
      return Buffer.from(dice.of(WRONG_JSON));
    case 1:
      return Buffer.from(dice.of(DEEP_JSON));
    default:
      // What begins with this byte is no text.
      return Buffer.concat([Buffer.from([0xff]), dice.bytes(dice.below(300))]);
  }
}

const MEGABYTES_10 = 10 * 1024 * 1024;

/** Bodies of 10 MB for the routes that read them, each as long as it may be while it is being read. */
export function makeLongBodies(row: (path: string) => string): readonly FuzzRequest[] {
  const hex = 'ab'.repeat(MEGABYTES_10 / 2);
  const headers = { 'content-type': 'application/json', authorization: '12345' };
  const contract = 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM/counter';
  const bodies: readonly (readonly [path: string, text: string])[] = [
    ['/v2/transactions', JSON.stringify({ tx: hex })],
    ['/v2/fees/transaction', JSON.stringify({ transaction_payload: hex })],
    ['/v3/transactions/simulate', JSON.stringify({ transaction_hex: hex })],
    [
      `/v2/contracts/call-read/${contract}/get-count`,
      JSON.stringify({ sender: 'ST1PQHQKV0RJXZFY1DGX8MNSNYVE3VGZJSRTPGZGM', arguments: [hex] }),
    ],
    [`/v2/map_entry/${contract}/entries`, JSON.stringify(hex.slice(0, 4 * 1024 * 1024 - 10))],
    ['/v2/transactions', '['.repeat(MEGABYTES_10)],
    ['/localnet/fork', `{"drop":["${hex}"]}`],
    ['/localnet/faults', `{"path":"/${hex}"}`],
  ];
  return bodies.map(([path, text]) => ({
    ...{ row: row(path), what: '10 MB', method: 'POST', target: path, headers },
    body: Buffer.from(text),
  }));
}
