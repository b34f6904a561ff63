import type { Transport } from '../transport/transport.js';
import type { EventSource, FacEvent } from './events.js';
import { type EventCursor, fetchEvents, fetchLastCursor } from './fetch-events.js';
import { startLoop } from './watch-loop.js';

export interface WatchEventsOptions {
  /** @default 'async-queue' */
  readonly contract?: EventSource | undefined;
  /** `now`, `start` for all there ever were, or the cursor of the last event seen. @default 'now' */
  readonly from?: EventCursor | undefined;
  /** Told of each event once, oldest first, with the cursor to go on from. */
  readonly onEvent: (event: FacEvent, cursor: EventCursor) => void;
  /** Told of each failure. Watching goes on after one that may be repeated, and ends after any other. */
  readonly onError: (error: unknown) => void;
  readonly signal?: AbortSignal | undefined;
  /** Time between two questions, in milliseconds. @default the client's */
  readonly pollMs?: number | undefined;
}

/** Follows a contract's events; returns its own stop function. */
export const watchEvents = (
  transport: Pick<Transport, 'fetchContractLogs'>,
  deployer: string,
  options: WatchEventsOptions & { readonly pollMs: number },
): (() => void) => {
  const { contract = 'async-queue', from = 'now', onEvent } = options;
  let after = from === 'now' || from === 'start' ? undefined : from;
  let isStarted = from !== 'now';

  const turn = async (signal: AbortSignal): Promise<boolean> => {
    if (!isStarted) {
      after = await fetchLastCursor(transport, deployer, contract, signal);
      isStarted = true;
      return false;
    }
    const batch = await fetchEvents(transport, deployer, { contract, after, signal });
    for (const event of batch.events) {
      if (signal.aborted) return true;
      onEvent(event, `${event.txid}:${event.eventIndex}`);
    }
    after = batch.cursor;
    return false;
  };
  return startLoop(turn, options);
};
