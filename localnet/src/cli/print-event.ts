import type { LocalnetEvent } from '../events.js';
import { makeBanner, USUAL_SCREEN } from './banner.js';

/** Writes events as JSON lines, or as text for a person, who is spared the blocks of the deployment. */
export function createPrinter(asJson: boolean): (event: LocalnetEvent) => void {
  let isReady = false;
  return (event) => {
    if (event.event === 'ready') isReady = true;
    const line = asJson ? JSON.stringify(event) : describe(event, isReady);
    if (line !== null) process.stdout.write(`${line}\n`);
  };
}

/** Null for what a person need not see. */
function describe(event: LocalnetEvent, isReady: boolean): string | null {
  switch (event.event) {
    case 'ready':
      return makeBanner(event, screen());
    case 'warning':
      return `warning: ${event.message}`;
    case 'restoring':
      return event.done === event.of ? null : `restoring: ${event.done} of ${event.of} blocks`;
    case 'restored': {
      const { blocks, transactions, waiting, cutOffBytes, tookMs } = event;
      const cut = cutOffBytes > 0 ? `; a torn last record of ${cutOffBytes} bytes was cut off` : '';
      return `restored ${blocks} blocks with ${transactions} transactions, ${waiting} waiting, in ${tookMs} ms${cut}`;
    }
    case 'healed':
      return `simnet was replaced in ${event.tookMs} ms: ${event.why}`;
    case 'failed':
      return `failed: ${event.message}`;
    case 'stopped':
      return `stopped: ${event.reason}`;
    case 'block': {
      if (!isReady || event.transactions.length === 0) return null;
      const lines = event.transactions.map(
        ({ txid, status, what }) => `  ${status.padEnd(24)} ${what}  ${txid}`,
      );
      return [`block ${event.stacksHeight} (bitcoin ${event.burnHeight})`, ...lines].join('\n');
    }
  }
}

/** The terminal's own size, less the line of its cursor. */
function screen() {
  const { columns, rows } = process.stdout;
  // A terminal that does not know its size says 0.
  return columns > 0 && rows > 0 ? { columns, lines: rows - 1 } : USUAL_SCREEN;
}
