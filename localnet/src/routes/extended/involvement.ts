import type { MinedTransaction } from '../../chain/ledger.js';
import type { SimnetEvent } from '../../worker/protocol.js';
import { valueJson } from '../event-json.js';

/** What a transaction moved of a principal's STX, its fee included. In microSTX. */
export function flowOf(
  { transaction, outcome }: MinedTransaction,
  principal: string,
): { readonly sent: bigint; readonly received: bigint } {
  let sent = transaction.payer === principal ? transaction.feeUstx : 0n;
  let received = 0n;
  for (const { event, data } of outcome.events) {
    if (!event.startsWith('stx_') || event === 'stx_lock_event') continue;
    const amount = BigInt(data.amount ?? '0');
    if (data.sender === principal) sent += amount;
    if (data.recipient === principal) received += amount;
  }
  return { sent, received };
}

/** How many of a transaction's asset events a principal is part of, by family and kind. */
export function countEvents({ outcome }: MinedTransaction, principal: string) {
  const counts = {
    stx: { transfer: 0, mint: 0, burn: 0 },
    ft: { transfer: 0, mint: 0, burn: 0 },
    nft: { transfer: 0, mint: 0, burn: 0 },
  };
  for (const event of outcome.events) {
    if (!isOf(event, principal)) continue;
    const kind = /^(stx|ft|nft)_(transfer|mint|burn)_event$/.exec(event.event);
    // The pattern lets through the names of `counts` alone.
    if (kind !== null) counts[kind[1] as 'stx' | 'ft' | 'nft'][kind[2] as 'transfer' | 'mint' | 'burn'] += 1;
  }
  return counts;
}

/** The transfers of a transaction that a principal is part of. */
export function transfersOf({ outcome }: MinedTransaction, principal: string) {
  const of = (family: string) =>
    outcome.events.filter((event) => event.event.startsWith(`${family}_`) && isOf(event, principal));
  return {
    stx_transfers: of('stx').map(({ data }) => ({ amount: data.amount ?? '0', ...partiesOf(data) })),
    ft_transfers: of('ft').map(({ data }) => ({
      asset_identifier: data.asset_identifier ?? '',
      amount: data.amount ?? '0',
      ...partiesOf(data),
    })),
    nft_transfers: of('nft').map(({ data }) => ({
      asset_identifier: data.asset_identifier ?? '',
      value: valueJson(data.raw_value ?? '09'),
      ...partiesOf(data),
    })),
  };
}

function isOf({ event, data }: SimnetEvent, principal: string): boolean {
  return event !== 'print_event' && (data.sender === principal || data.recipient === principal);
}

function partiesOf({ sender, recipient }: SimnetEvent['data']) {
  return { ...(sender === undefined ? {} : { sender }), ...(recipient === undefined ? {} : { recipient }) };
}
