import type { SimnetEvent } from './protocol.js';

/**
 * What left whom in one transaction: transfers and burns. A mint moves nothing away from anybody.
 * Amounts add up, also of what came back again.
 */
export interface AssetMoves {
  /** By principal, in microSTX. */
  readonly stx: ReadonlyMap<string, bigint>;
  readonly ft: readonly FtMove[];
  readonly nft: readonly NftMove[];
}

export interface FtMove {
  readonly principal: string;
  readonly assetId: string;
  readonly amount: bigint;
}

export interface NftMove {
  readonly principal: string;
  readonly assetId: string;
  readonly valueHex: string;
}

export function collectMoves(events: readonly SimnetEvent[]): AssetMoves {
  const stx = new Map<string, bigint>();
  const ft = new Map<string, FtMove>();
  const nft: NftMove[] = [];
  for (const { event, data } of events) {
    const {
      sender: principal,
      asset_identifier: assetId = '',
      amount = '0',
      raw_value: valueHex = '',
    } = data;
    if (principal === undefined) continue;
    switch (event) {
      case 'stx_transfer_event':
      case 'stx_burn_event':
        stx.set(principal, (stx.get(principal) ?? 0n) + BigInt(amount));
        break;
      case 'ft_transfer_event':
      case 'ft_burn_event': {
        const key = `${principal} ${assetId}`;
        const before = ft.get(key)?.amount ?? 0n;
        ft.set(key, { principal, assetId, amount: before + BigInt(amount) });
        break;
      }
      case 'nft_transfer_event':
      case 'nft_burn_event':
        nft.push({ principal, assetId, valueHex });
        break;
    }
  }
  return { stx, ft: [...ft.values()], nft };
}
