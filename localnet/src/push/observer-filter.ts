import type { SimnetEvent } from '../worker/protocol.js';

/** Whether an observer with these keys is told of an event of a contract or of a token. */
export function wantsEvent(keys: ReadonlySet<string>, { event, data }: SimnetEvent): boolean {
  if (keys.has('*')) return true;
  if (event.startsWith('stx_')) return keys.has('stx');
  if (event === 'print_event') return keys.has(`${data.contract_identifier}::${data.topic}`);
  // A key has dots all through; the asset's own id has two colons before its name.
  return keys.has(`${data.asset_identifier}`.replace('::', '.'));
}

export function wantsMempool(keys: ReadonlySet<string>): boolean {
  return keys.has('*') || keys.has('memtx');
}

export function wantsBurnBlocks(keys: ReadonlySet<string>): boolean {
  return keys.has('*') || keys.has('burn_blocks');
}
