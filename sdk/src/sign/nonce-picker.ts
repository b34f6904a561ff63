import { isFacError } from '../errors/fac-error.js';
import type { RequestOptions, Transport } from '../transport/transport.js';

/** Gives an account's next nonce, also while an API has not yet heard of what was sent a moment ago. */
export interface NoncePicker {
  pick(options?: RequestOptions): Promise<bigint>;
  /** Sends, and remembers the nonce unless the node refused it. */
  track(nonce: bigint, txid: string, send: () => Promise<unknown>): Promise<void>;
}

interface Sent {
  readonly txid: string;
  /** Until then a node's "unknown" is taken for an API that lags, on the clock of `performance.now()`. */
  readonly trustedUntilMs: number;
}

/** An API shows a transaction within seconds; a minute later it is lost. */
const TRUST_MS = 60_000;

export const createNoncePicker = (
  transport: Pick<Transport, 'fetchNonces' | 'fetchTransaction'>,
  address: string,
): NoncePicker => {
  // What was sent and is not known to be mined, dropped or lost.
  const inFlight = new Map<bigint, Sent>();

  const isLost = async ({ txid, trustedUntilMs }: Sent, options?: RequestOptions): Promise<boolean> => {
    const found = await transport.fetchTransaction(txid, options);
    return found === null ? performance.now() >= trustedUntilMs : found.status === 'dropped';
  };

  return {
    pick: async (options) => {
      const { nextNonce } = await transport.fetchNonces(address, options);
      let nonce = nextNonce;
      for (const [sentNonce, sent] of inFlight) {
        if (sentNonce < nextNonce || (await isLost(sent, options))) inFlight.delete(sentNonce);
        else if (sentNonce >= nonce) nonce = sentNonce + 1n;
      }
      return nonce;
    },
    track: async (nonce, txid, send) => {
      // Before the send: when it times out or is called off, the node may have it all the same.
      const replaced = inFlight.get(nonce);
      inFlight.set(nonce, { txid, trustedUntilMs: 0 });
      try {
        await send();
        inFlight.set(nonce, { txid, trustedUntilMs: performance.now() + TRUST_MS });
      } catch (error) {
        if (isRefusal(error)) {
          if (replaced === undefined) inFlight.delete(nonce);
          else inFlight.set(nonce, replaced);
        }
        throw error;
      }
    },
  };
};

const isRefusal = (error: unknown): boolean =>
  isFacError(error, 'REJECTED_BY_NODE') ||
  isFacError(error, 'REJECTED_REQUEST') ||
  isFacError(error, 'REJECTED_BY_RATE_LIMIT');
