import type { Dice } from './dice.js';
import { HOSTILE_TEXTS, HOSTILE_VALUES } from './hostile.js';
import { encodeRequest, type FuzzRequest, type JsonValue, type ValidRequest } from './request.js';

/** One way to change one field of a request. */
type Change = (dice: Dice) => { readonly what: string; readonly request: ValidRequest };

const CONTENT_TYPES = [
  'text/plain',
  'text/html',
  'application/json; charset=utf-16',
  'application/octet-stream',
  'application/json',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'x',
  '',
];

/** The request with exactly one of its fields changed: a segment, a query value, a header, a JSON field or a byte. */
export function changeOneField(valid: ValidRequest, row: string, dice: Dice): FuzzRequest {
  const { what, request } = dice.of(changesOf(valid))(dice);
  return encodeRequest(request, row, what);
}

function changesOf(valid: ValidRequest): readonly Change[] {
  const { path, query = {}, body } = valid;
  const segments = path.split('/');
  const changes: Change[] = [];
  for (let index = 1; index < segments.length; index++) {
    changes.push((dice) => {
      const segment = encodePath(changeText(segments[index] ?? '', dice));
      const what = `segment ${index}`;
      return { what, request: { ...valid, path: segments.with(index, segment).join('/') } };
    });
  }
  for (const [name, value] of Object.entries(query)) {
    changes.push((dice) => ({
      what: `query ${name}`,
      request: { ...valid, query: { ...query, [name]: changeText(value, dice) } },
    }));
  }
  for (const name of headersOf(valid)) changes.push((dice) => changeHeader(valid, name, dice));
  if (body !== undefined && 'octets' in body) {
    const { octets } = body;
    changes.push((dice) => ({
      what: 'bytes',
      request: { ...valid, body: { octets: changeBytes(octets, dice) } },
    }));
  }
  if (body !== undefined && 'json' in body) {
    const { json } = body;
    for (const place of placesOf(json)) {
      changes.push((dice) => ({
        what: `JSON ${place.join('.')}`,
        request: { ...valid, body: { json: changeAt(json, place, dice) } },
      }));
    }
  }
  return changes;
}

/** What controls the node looks at no header, so that the request would be carried out: forks and the like, dozens of times. */
function headersOf({ path, headers = {}, body }: ValidRequest): readonly string[] {
  if (path.startsWith('/localnet/')) return [];
  return [...Object.keys(headers), ...(body === undefined ? ['accept', 'content-type'] : ['content-type'])];
}

function changeHeader(valid: ValidRequest, name: string, dice: Dice): ReturnType<Change> {
  const hostile = dice.of(HOSTILE_TEXTS.filter((text) => /^[\t -~]*$/.test(text)));
  const value = name === 'content-type' ? dice.of(CONTENT_TYPES) : hostile;
  return { what: `header ${name}`, request: { ...valid, headers: { ...valid.headers, [name]: value } } };
}

/** Another text, or this one with a character more, less, or other. */
function changeText(text: string, dice: Dice): string {
  for (;;) {
    const changed = tryText(text, dice);
    if (changed !== text) return changed;
  }
}

function tryText(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  switch (dice.below(6)) {
    case 0:
      return `${text.slice(0, at)}${text.slice(at + 1)}`;
    case 1:
      return `${text.slice(0, at)}${dice.of(['0', 'z', 'Z', '-', '%', '.'])}${text.slice(at)}`;
    case 2:
      return text.slice(0, at);
    case 3:
      return `${text}${text}`;
    default:
      return dice.of(HOSTILE_TEXTS);
  }
}

function changeBytes(bytes: Buffer, dice: Dice): Buffer {
  const at = dice.below(bytes.byteLength);
  switch (dice.below(5)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), dice.bytes(1 + dice.below(4)), bytes.subarray(at)]);
    default:
      return Buffer.concat([bytes.subarray(0, at), dice.bytes(1), bytes.subarray(at + 1)]);
  }
}

/** As a path may hold it, but for what is tried on purpose: percent signs and slashes stay as they are. */
function encodePath(text: string): string {
  return text.replace(/[^!-~]|[?#]/gu, (character) => encodeURIComponent(character));
}

type Place = readonly string[];

/** Where the values of a JSON value are, itself included. */
function placesOf(value: JsonValue): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const inner = Object.entries(value).flatMap(([name, field]) =>
    placesOf(field).map((place) => [name, ...place]),
  );
  return [[], ...inner];
}

function changeAt(value: JsonValue, place: Place, dice: Dice): JsonValue {
  const [name, ...rest] = place;
  if (name === undefined) return changeValue(value, dice);
  if (typeof value !== 'object' || value === null) return value;
  const change = (key: string, field: JsonValue) => (key === name ? changeAt(field, rest, dice) : field);
  if (isList(value)) return value.map((field, index) => change(`${index}`, field));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, change(key, field)]));
}

function changeValue(value: JsonValue, dice: Dice): JsonValue {
  if (typeof value === 'string' && dice.chance(60)) {
    if (!/^([0-9a-f]{2}){20,}$/.test(value)) return changeText(value, dice);
    return changeBytes(Buffer.from(value, 'hex'), dice).toString('hex');
  }
  if (isList(value) && dice.chance(40)) return [...value, dice.of(HOSTILE_VALUES)];
  const isRecord = typeof value === 'object' && value !== null;
  if (isRecord && !isList(value) && dice.chance(40))
    return { ...value, [dice.of(HOSTILE_TEXTS)]: dice.of(HOSTILE_VALUES) };
  return dice.of(HOSTILE_VALUES);
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
