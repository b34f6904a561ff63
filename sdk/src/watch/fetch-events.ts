import { FacError } from '../errors/fac-error.js';
import type { ContractLog, Transport } from '../transport/transport.js';
import { decodeEvent, type EventPlace, type EventSource, type FacEvent } from './events.js';

/** The event to go on from: `txid:eventIndex`. */
export type EventCursor = string;

export interface FetchEventsOptions {
  /** @default 'async-queue' */
  readonly contract?: EventSource | undefined;
  /** The last event already seen. @default none: from the first ever */
  readonly after?: EventCursor | undefined;
  /** Most pages of 50 to go back. @default 100 */
  readonly maxPages?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface EventBatch {
  /** Oldest first. */
  readonly events: readonly FacEvent[];
  /** Of the newest event, also one this version does not know; `undefined` when there is none at all. */
  readonly cursor: EventCursor | undefined;
}

type LogTransport = Pick<Transport, 'fetchContractLogs'>;

const PAGE_SIZE = 50;
const DEFAULT_MAX_PAGES = 100;

/** Reads the events after a cursor. Throws `NOT_FOUND_EVENT` when that is not there, as after a fork. */
export const fetchEvents = async (
  transport: LogTransport,
  deployer: string,
  options: FetchEventsOptions = {},
): Promise<EventBatch> => {
  const { contract = 'async-queue', after, maxPages = DEFAULT_MAX_PAGES, signal } = options;
  const contractId = `${deployer}.${contract}`;
  const logs: ContractLog[] = [];
  let cursor: string | undefined;
  for (let page = 1; page <= maxPages; page += 1) {
    const query = { contract: contractId, limit: PAGE_SIZE, ...(cursor === undefined ? {} : { cursor }) };
    const answer = await transport.fetchContractLogs(query, { signal });
    const place = after === undefined ? -1 : answer.logs.findIndex((log) => makeEventCursor(log) === after);
    logs.push(...(place < 0 ? answer.logs : answer.logs.slice(0, place)));
    const isWhole = place >= 0 || (after === undefined && answer.nextCursor === null);
    if (isWhole) return makeBatch(logs, after);
    if (answer.nextCursor === null) break;
    cursor = answer.nextCursor;
  }
  throw new FacError('NOT_FOUND_EVENT', { contract: contractId, pages: maxPages });
};

/** The cursor of the newest event there is, to watch from now. */
export const fetchLastCursor = async (
  transport: LogTransport,
  deployer: string,
  contract: EventSource,
  signal?: AbortSignal | undefined,
): Promise<EventCursor | undefined> => {
  const { logs } = await transport.fetchContractLogs(
    { contract: `${deployer}.${contract}`, limit: 1 },
    { signal },
  );
  return logs[0] === undefined ? undefined : makeEventCursor(logs[0]);
};

/** The cursor that stands at an event. */
export const makeEventCursor = ({ txid, eventIndex }: EventPlace): EventCursor => `${txid}:${eventIndex}`;

const makeBatch = (newestFirst: readonly ContractLog[], after: EventCursor | undefined): EventBatch => {
  const newest = newestFirst[0];
  return {
    events: newestFirst
      .map(decodeEvent)
      .filter((event) => event !== null)
      .reverse(),
    cursor: newest === undefined ? after : makeEventCursor(newest),
  };
};
