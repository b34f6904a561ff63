import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import type { ContractLog } from '../../chain/ledger.js';
import { isPrincipal } from '../../worker/principal.js';
import { eventJson } from '../event-json.js';
import { parseCount } from './paging.js';

const LIMIT = { default: 20, min: 1, max: 100 };

/**
 * Prints of a contract, newest first as the API has them; `order=asc` turns that round and `from=<height>`
 * then starts at a block. A cursor names the first item of a page: `height:0:transaction:event`.
 */
export function addLogRoutes(app: Hono, chain: Chain): void {
  app.get('/extended/v2/smart-contracts/:contract/logs', (c) => {
    const contractId = c.req.param('contract');
    if (!isPrincipal(contractId)) return c.json({ error: `invalid contract id "${contractId}"` }, 400);
    const limit = parseCount(c.req.query('limit'), LIMIT);
    if (limit === null) return c.json({ error: 'limit must be a whole number of 1 or more' }, 400);
    const isAscending = c.req.query('order') === 'asc';
    const from = c.req.query('from');
    const cursor = c.req.query('cursor') ?? (isAscending && from !== undefined ? `${from}:0:0:0` : undefined);
    const place = cursor === undefined ? undefined : parseCursor(cursor);
    if (place === null) return c.json({ error: 'cursor must be height:0:transaction:event' }, 400);

    const all = chain.ledger.logs(contractId);
    const start = isAscending ? firstAtOrAfter(all, place ?? START) : lastAtOrBefore(all, place);
    const step = isAscending ? 1 : -1;
    const page = [];
    for (let i = start; page.length < limit && all[i] !== undefined; i += step)
      page.push(all[i] as ContractLog);
    const at = (index: number) => (all[index] === undefined ? null : cursorOf(all[index]));
    const previous = start - step * limit;
    const hasPrevious = all[start - step] !== undefined;
    return c.json({
      limit,
      offset: 0,
      total: all.length,
      cursor: at(start),
      next_cursor: at(start + step * limit),
      prev_cursor: hasPrevious ? at(Math.min(Math.max(previous, 0), all.length - 1)) : null,
      results: page.map((log) => eventJson(log.event, log.txid, log.eventIndex)),
    });
  });
}

type Place = readonly [height: number, txIndex: number, eventIndex: number];
const START: Place = [0, 0, 0];

function cursorOf({ height, txIndex, eventIndex }: ContractLog): string {
  return `${height}:0:${txIndex}:${eventIndex}`;
}

function parseCursor(text: string): Place | null {
  const parts = /^(\d+):\d+:(\d+):(\d+)$/.exec(text);
  return parts === null ? null : [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

function compare(log: ContractLog, [height, txIndex, eventIndex]: Place): number {
  return log.height - height || log.txIndex - txIndex || log.eventIndex - eventIndex;
}

/** Logs are in order, so the place is found by halving. */
function firstAtOrAfter(all: readonly ContractLog[], place: Place): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(all[middle] as ContractLog, place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lastAtOrBefore(all: readonly ContractLog[], place: Place | undefined): number {
  if (place === undefined) return all.length - 1;
  const index = firstAtOrAfter(all, place);
  const found = all[index];
  return found !== undefined && compare(found, place) === 0 ? index : index - 1;
}
