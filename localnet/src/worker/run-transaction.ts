import { clarityTextOfHex } from './clarity-text.js';
import { findBrokenPostCondition } from './post-conditions.js';
import { NO_COST, type Outcome, type RunnableTransaction, type TransactionAction } from './protocol.js';
import type { Step, StepResult, Timeline } from './timeline.js';

/** What the node reports where no value was computed: `(err none)`. */
const ERR_NONE_HEX = '0x0809';
const OK_TRUE_HEX = '0x0703';

/**
 * Charges the fee and runs one transaction in the open block (a deployment opens its own).
 * A post-condition that does not hold, a refused deployment and a panic leave the fee and nothing else.
 */
export function runTransaction(timeline: Timeline, transaction: RunnableTransaction): Outcome {
  const { txid, sender, feeUstx } = transaction;
  const fee = timeline.apply({ kind: 'execute', snippet: `(stx-burn? u${feeUstx} tx-sender)`, sender });
  if (fee.kind !== 'done' || fee.resultHex !== OK_TRUE_HEX) return { kind: 'left', txid, reason: 'funds' };

  const step = stepOf(transaction.action, sender);
  const result = timeline.apply(step);
  const outcome = judge(transaction, result);
  if (step.kind === 'deploy' && outcome.status !== 'success') {
    if (result.kind !== 'broke') timeline.undo();
    timeline.apply({ kind: 'stacks-block' });
  } else if (outcome.status === 'abort_by_post_condition') {
    timeline.undo();
  }
  return { kind: 'ran', txid, cost: NO_COST, ...outcome };
}

type Judgement = Omit<Extract<Outcome, { kind: 'ran' }>, 'kind' | 'txid' | 'cost'>;

function judge(transaction: RunnableTransaction, result: StepResult): Judgement {
  if (result.kind !== 'done') {
    return { status: 'abort_by_response', resultHex: ERR_NONE_HEX, events: [], vmError: result.message };
  }
  // Simnet answers a deployment with the value of its last expression; the node with (ok true).
  const resultHex = transaction.action.kind === 'deploy' ? OK_TRUE_HEX : result.resultHex;
  if (isErrResponse(resultHex)) return { status: 'abort_by_response', resultHex, events: [], vmError: null };
  // A plain transfer carries no post-conditions: its sender signed the amount itself.
  const broken =
    transaction.action.kind === 'transfer'
      ? null
      : findBrokenPostCondition(result.events, transaction.sender, transaction.mode, transaction.conditions);
  if (broken === null) return { status: 'success', resultHex, events: result.events, vmError: null };
  const vmError = `Post-condition check failure: ${broken}`;
  return { status: 'abort_by_post_condition', resultHex, events: [], vmError };
}

function isErrResponse(hex: string): boolean {
  return hex.startsWith('0x08');
}

function stepOf(action: TransactionAction, sender: string): Step {
  switch (action.kind) {
    case 'call': {
      // A bare call keeps contract-caller equal to the sender; any wrapping would put a contract between.
      const words = [
        `'${action.contractId}`,
        action.functionName,
        ...action.argumentHexes.map(clarityTextOfHex),
      ];
      return { kind: 'execute', snippet: `(contract-call? ${words.join(' ')})`, sender };
    }
    case 'transfer': {
      const call = action.memoHex === '' ? 'stx-transfer?' : 'stx-transfer-memo?';
      const memo = action.memoHex === '' ? '' : ` 0x${action.memoHex}`;
      const snippet = `(${call} u${action.amountUstx} tx-sender '${action.recipient}${memo})`;
      return { kind: 'execute', snippet, sender };
    }
    case 'deploy':
      return {
        kind: 'deploy',
        name: action.contractName,
        source: action.source,
        clarityVersion: action.clarityVersion,
        sender,
      };
  }
}
