import type { SimnetEvent } from '../worker/protocol.js';

/** What came to and left a principal of one asset. */
export interface Flow {
  readonly sent: bigint;
  readonly received: bigint;
}

export interface NftHolding extends Flow {
  /** Serialized values of the tokens held, in the order they came. */
  readonly values: ReadonlySet<string>;
}

/** Tokens of a principal, by asset identifier, as told by events. */
export interface Holdings {
  readonly stx: Flow;
  readonly feesUstx: bigint;
  readonly fts: ReadonlyMap<string, Flow>;
  readonly nfts: ReadonlyMap<string, NftHolding>;
}

export interface HoldingsBook {
  /** `direction` -1 takes an event back; events are taken back in the reverse order. */
  record(event: SimnetEvent, direction: 1 | -1): void;
  recordFee(payer: string, feeUstx: bigint): void;
  of(principal: string): Holdings;
}

interface MutableHoldings {
  stx: Flow;
  feesUstx: bigint;
  readonly fts: Map<string, Flow>;
  readonly nfts: Map<string, Flow & { readonly values: Set<string> }>;
}

const NO_FLOW: Flow = { sent: 0n, received: 0n };

export function createHoldingsBook(): HoldingsBook {
  const byPrincipal = new Map<string, MutableHoldings>();

  function open(principal: string): MutableHoldings {
    const known = byPrincipal.get(principal) ?? {
      stx: NO_FLOW,
      feesUstx: 0n,
      fts: new Map(),
      nfts: new Map(),
    };
    byPrincipal.set(principal, known);
    return known;
  }

  function move(event: SimnetEvent, principal: string, sent: bigint, received: bigint): void {
    const holdings = open(principal);
    const asset = event.data.asset_identifier ?? '';
    switch (event.event.split('_')[0]) {
      case 'stx':
        holdings.stx = plus(holdings.stx, sent, received);
        return;
      case 'ft':
        keep(holdings.fts, asset, plus(holdings.fts.get(asset) ?? NO_FLOW, sent, received));
        return;
      case 'nft': {
        const before = holdings.nfts.get(asset) ?? { ...NO_FLOW, values: new Set<string>() };
        keep(holdings.nfts, asset, { ...plus(before, sent, received), values: before.values });
        const value = event.data.raw_value ?? '';
        if (received - sent > 0n) before.values.add(value);
        else before.values.delete(value);
      }
    }
  }

  return {
    record(event, direction) {
      if (event.event === 'print_event' || event.event === 'stx_lock_event') return;
      const { sender = '', recipient = '', amount = '1' } = event.data;
      const moved = BigInt(amount) * BigInt(direction);
      // Clarity lets nobody send to themselves, so the two are never the same.
      if (sender !== '') move(event, sender, moved, 0n);
      if (recipient !== '') move(event, recipient, 0n, moved);
    },
    recordFee(payer, feeUstx) {
      open(payer).feesUstx += feeUstx;
    },
    of: (principal) =>
      byPrincipal.get(principal) ?? { stx: NO_FLOW, feesUstx: 0n, fts: new Map(), nfts: new Map() },
  };
}

/** An asset of which all was taken back was never there. */
function keep<F extends Flow>(flows: Map<string, F>, asset: string, flow: F): void {
  if (flow.sent === 0n && flow.received === 0n) flows.delete(asset);
  else flows.set(asset, flow);
}

function plus(flow: Flow, sent: bigint, received: bigint): Flow {
  return { sent: flow.sent + sent, received: flow.received + received };
}
