import { PostConditionPrincipalId, type PostConditionWire } from '@stacks/transactions';
import type { SignedTransaction } from '../chain/transaction.js';
import type { NftRule, PostCondition, SpendComparison } from '../worker/protocol.js';
import { valueJson } from './event-json.js';

/** The post-conditions of a transaction as the API writes them. */
export function postConditionsJson({ conditions, wire }: SignedTransaction): object[] {
  return conditions.map((condition, index) => {
    // The chain resolved who "origin" is; the wire form, whose list holds nothing else, tells that it was written so.
    const written = wire.postConditions.values[index] as PostConditionWire | undefined;
    const isOrigin = written?.principal.prefix === PostConditionPrincipalId.Origin;
    const principal = isOrigin ? { type_id: 'principal_origin' } : principalJson(condition.principal);
    return { ...conditionJson(condition), principal };
  });
}

function conditionJson(condition: PostCondition): object {
  switch (condition.kind) {
    case 'stx': {
      const { comparison, amountUstx } = condition;
      return { type: 'stx', condition_code: CONDITION_CODES[comparison], amount: `${amountUstx}` };
    }
    case 'ft': {
      const { comparison, amount, assetId } = condition;
      const condition_code = CONDITION_CODES[comparison];
      return { type: 'fungible', condition_code, amount: `${amount}`, asset: assetJson(assetId) };
    }
    case 'nft': {
      const { rule, assetId, valueHex } = condition;
      const asset_value = valueJson(valueHex);
      return {
        type: 'non_fungible',
        condition_code: RULE_CODES[rule],
        asset: assetJson(assetId),
        asset_value,
      };
    }
  }
}

const CONDITION_CODES: Record<SpendComparison, string> = {
  eq: 'sent_equal_to',
  gt: 'sent_greater_than',
  gte: 'sent_greater_than_or_equal_to',
  lt: 'sent_less_than',
  lte: 'sent_less_than_or_equal_to',
};

const RULE_CODES: Record<NftRule, string> = {
  sent: 'sent',
  'not-sent': 'not_sent',
  'maybe-sent': 'maybe_sent',
};

function principalJson(principal: string): object {
  const [address, contract_name] = principal.split('.');
  if (contract_name === undefined) return { type_id: 'principal_standard', address };
  return { type_id: 'principal_contract', contract_name, address };
}

function assetJson(assetId: string): object {
  const [contractId = '', asset_name] = assetId.split('::');
  const [contract_address, contract_name] = contractId.split('.');
  return { contract_name, asset_name, contract_address };
}
