import { FacError } from '../errors/fac-error.js';
import type { HttpAnswer } from './http-request.js';

const DETAIL_LENGTH = 200;

/** A JSON object as it came: nothing in it is known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** Throws unless the answer is a 2xx. */
export const assertOk = (answer: HttpAnswer): void => {
  if (answer.status >= 200 && answer.status < 300) return;
  assertNotLimited(answer);
  throw new FacError('REJECTED_REQUEST', {
    ...answer.source,
    status: answer.status,
    detail: isHtml(answer) ? 'an HTML page' : answer.text.slice(0, DETAIL_LENGTH),
  });
};

/** Throws `REJECTED_BY_RATE_LIMIT` on a 429. */
export const assertNotLimited = ({ status, source, retryAfterMs }: HttpAnswer): void => {
  if (status === 429) throw new FacError('REJECTED_BY_RATE_LIMIT', { ...source, retryAfterMs });
};

/** The answer's JSON, of any kind. */
export const parseJson = (answer: HttpAnswer): unknown => {
  if (isHtml(answer)) return refuse(answer, 'an HTML page', 'JSON');
  try {
    return JSON.parse(answer.text);
  } catch {
    return refuse(answer, answer.text === '' ? 'an empty body' : 'something that is not JSON', 'JSON');
  }
};

/** The answer's JSON object, after checking its status. */
export const parseObject = (answer: HttpAnswer): Json => {
  assertOk(answer);
  const json = parseJson(answer);
  return isObject(json) ? json : refuse(answer, 'JSON of another kind', 'a JSON object');
};

/** Reads the fields of a JSON object; a field of another kind is `INVALID_RESPONSE`. */
export const readFields = (answer: HttpAnswer, json: Json) => {
  const wrong = (key: string, expected: string): never =>
    refuse(answer, json[key] === undefined ? `no ${key}` : `another kind of ${key}`, `${key} as ${expected}`);
  return {
    text: (key: string): string => {
      const value = json[key];
      return typeof value === 'string' ? value : wrong(key, 'a string');
    },
    integer: (key: string): bigint => parseInteger(json[key]) ?? wrong(key, 'an integer'),
    integers: (key: string): readonly bigint[] => {
      const value = json[key];
      if (!Array.isArray(value)) return wrong(key, 'a list of integers');
      return value.map((item) => parseInteger(item) ?? wrong(key, 'a list of integers'));
    },
    object: (key: string): Json => {
      const value = json[key];
      return isObject(value) ? value : wrong(key, 'an object');
    },
    objects: (key: string): readonly Json[] => {
      const value = json[key];
      return Array.isArray(value) && value.every(isObject) ? value : wrong(key, 'a list of objects');
    },
  };
};

/** An integer written as a JSON number, a decimal string or `0x` hex. */
export const parseInteger = (value: unknown): bigint | undefined => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  return typeof value === 'string' && /^(\d+|0x[0-9a-fA-F]+)$/.test(value) ? BigInt(value) : undefined;
};

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const refuse = ({ source, status }: HttpAnswer, came: string, expected: string): never => {
  throw new FacError('INVALID_RESPONSE', { ...source, came: `${came} (status ${status})`, expected });
};

const isHtml = ({ contentType, text }: HttpAnswer): boolean =>
  contentType.includes('text/html') || /^\s*<(!doctype|html)/i.test(text);
