import type { Context } from 'hono';
import { badRequest } from './api-error.js';

/** A whole number of a query between bounds, or the default; null if it is something else. */
export function parseCount(
  text: string | undefined,
  bounds: { default: number; min: number; max: number },
): number | null {
  if (text === undefined) return bounds.default;
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < bounds.min) return null;
  return Math.min(count, bounds.max);
}

const OFFSET = { default: 0, min: 0, max: Number.MAX_SAFE_INTEGER };

export interface OffsetPage {
  readonly limit: number;
  readonly offset: number;
}

/** `limit` and `offset` of a request, or the answer that refuses them. */
export function parseOffsetPage(c: Context, limits: { default: number; max: number }): OffsetPage | Response {
  const limit = parseCount(c.req.query('limit'), { ...limits, min: 0 });
  const offset = parseCount(c.req.query('offset'), OFFSET);
  if (limit === null || offset === null) return badRequest(c, 'limit and offset must be whole numbers');
  return { limit, offset };
}

/** A page of what is listed oldest first, shown newest first. */
export function newestFirst<T>(oldestFirst: readonly T[], { limit, offset }: OffsetPage): readonly T[] {
  const end = Math.max(0, oldestFirst.length - offset);
  return oldestFirst.slice(Math.max(0, end - limit), end).reverse();
}

/**
 * A page that begins at the item whose cursor is asked for; the API's third form. Items are in the order
 * they are shown in. The answer refuses a cursor that no item has.
 */
export function cursorPage<T>(
  c: Context,
  items: readonly T[],
  cursorOf: (item: T) => string,
  limits: { default: number; max: number },
  show: (item: T) => object,
): Response {
  const limit = parseCount(c.req.query('limit'), { ...limits, min: 1 });
  if (limit === null) return badRequest(c, 'limit must be a whole number of 1 or more');
  const cursor = c.req.query('cursor');
  const start = cursor === undefined ? 0 : items.findIndex((item) => cursorOf(item) === cursor);
  if (start < 0) return badRequest(c, `cursor "${cursor}" is not of this list`);
  const at = (index: number) => {
    const item = items[index];
    return item === undefined ? null : cursorOf(item);
  };
  return c.json({
    total: items.length,
    limit,
    cursor: {
      next: at(start + limit),
      previous: start === 0 ? null : at(Math.max(0, start - limit)),
      current: at(start),
    },
    results: items.slice(start, start + limit).map(show),
  });
}
