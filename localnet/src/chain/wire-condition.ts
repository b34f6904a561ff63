import {
  type AssetWire,
  addressToString,
  cvToHex,
  FungibleConditionCode,
  NonFungibleConditionCode,
  PostConditionPrincipalId,
  type PostConditionPrincipalWire,
  PostConditionType,
  type PostConditionWire,
} from '@stacks/transactions';
import { clarityText } from '../worker/clarity-text.js';
import { assertClarityName, assertContractName } from '../worker/principal.js';
import type { NftRule, PostCondition, SpendComparison } from '../worker/protocol.js';

/** A post-condition as it is checked after the run, or null for the kinds of SIP-044, which are not served. */
export function conditionOf(wire: PostConditionWire, origin: string): PostCondition | null {
  const principal = principalOf(wire.principal, origin);
  switch (wire.conditionType) {
    case PostConditionType.STX: {
      const { conditionCode, amount } = wire;
      return { kind: 'stx', principal, comparison: COMPARISONS[conditionCode], amountUstx: amount };
    }
    case PostConditionType.Fungible: {
      const { asset, conditionCode, amount } = wire;
      return {
        kind: 'ft',
        principal,
        assetId: assetIdOf(asset),
        comparison: COMPARISONS[conditionCode],
        amount,
      };
    }
    case PostConditionType.NonFungible: {
      const { asset, assetName, conditionCode } = wire;
      // Refuses values with impossible names, as the node does while it reads the bytes.
      clarityText(assetName);
      return {
        kind: 'nft',
        principal,
        assetId: assetIdOf(asset),
        valueHex: cvToHex(assetName),
        rule: NFT_RULES[conditionCode],
      };
    }
    case PostConditionType.Staking:
    case PostConditionType.PoX:
      return null;
  }
}

const COMPARISONS: Record<FungibleConditionCode, SpendComparison> = {
  [FungibleConditionCode.Equal]: 'eq',
  [FungibleConditionCode.Greater]: 'gt',
  [FungibleConditionCode.GreaterEqual]: 'gte',
  [FungibleConditionCode.Less]: 'lt',
  [FungibleConditionCode.LessEqual]: 'lte',
};

const NFT_RULES: Record<NonFungibleConditionCode, NftRule> = {
  [NonFungibleConditionCode.Sends]: 'sent',
  [NonFungibleConditionCode.DoesNotSend]: 'not-sent',
  [NonFungibleConditionCode.MaybeSent]: 'maybe-sent',
};

function assetIdOf({ address, contractName, assetName }: AssetWire): string {
  assertContractName(contractName.content);
  assertClarityName(assetName.content);
  return `${addressToString(address)}.${contractName.content}::${assetName.content}`;
}

function principalOf(wire: PostConditionPrincipalWire, origin: string): string {
  switch (wire.prefix) {
    case PostConditionPrincipalId.Origin:
      return origin;
    case PostConditionPrincipalId.Standard:
      return addressToString(wire.address);
    case PostConditionPrincipalId.Contract:
      assertContractName(wire.contractName.content);
      return `${addressToString(wire.address)}.${wire.contractName.content}`;
  }
}
