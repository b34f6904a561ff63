import type { LocalnetEvent } from '../events.js';

/** Writes an event as one JSON line, or as text for a person. */
export function printEvent(event: LocalnetEvent, asJson: boolean): void {
  const line = asJson ? JSON.stringify(event) : describe(event);
  if (line !== null) process.stdout.write(`${line}\n`);
}

/** Null for what a person need not see. */
function describe(event: LocalnetEvent): string | null {
  switch (event.event) {
    case 'ready':
      return banner(event);
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
      if (event.transactions.length === 0) return null;
      const lines = event.transactions.map(
        ({ txid, status, what }) => `  ${status.padEnd(24)} ${what}  ${txid}`,
      );
      return [`block ${event.stacksHeight} (bitcoin ${event.burnHeight})`, ...lines].join('\n');
    }
  }
}

function banner(ready: Extract<LocalnetEvent, { event: 'ready' }>): string {
  const pace =
    ready.timeFactor === null
      ? 'blocks on demand: POST /localnet/mine'
      : `a block every ${ready.blockTimeMs} ms, a Bitcoin block every ${ready.burnEvery}; its time runs ${ready.timeFactor} times as fast as yours`;
  return [
    `fac-localnet ready on ${ready.url}  (pid ${ready.pid}, started in ${ready.startMs} ms)`,
    `  ${pace}`,
    '  accounts (keys are in settings/Devnet.toml and public: never use them on a real network)',
    ...ready.accounts.map(({ name, address }) => `    ${name.padEnd(12)} ${address}`),
    '  contracts',
    ...(ready.contracts.length === 0 ? ['    none'] : ready.contracts.map((id) => `    ${id}`)),
    '  Ctrl-C stops it; the chain is kept in memory only',
  ].join('\n');
}
