import { isOverBudget } from './execution-cost.js';
import { hexToBytes } from './hex.js';
import { findBrokenPostCondition } from './post-conditions.js';
import { NO_COST, type RanOutcome, type RunnableTransaction, type TransactionAction } from './protocol.js';
import { CannotRestore, type Step, type StepResult, type Timeline } from './timeline.js';

/** What the node reports where no value was computed: `(err none)`. */
const ERR_NONE_HEX = '0x0809';
const OK_TRUE_HEX = '0x0703';

/** A transaction must be undone and cannot be; `outcome` is what it would have come to. */
export class ReplayNeeded extends Error {
  override readonly name = 'ReplayNeeded';

  constructor(readonly outcome: RanOutcome) {
    super(`${outcome.txid} must be undone, and memory cannot be restored`);
  }
}

/** Takes the fee; false if the payer does not have it. */
export function chargeFee(timeline: Timeline, { payer, feeUstx }: RunnableTransaction): boolean {
  if (feeUstx === 0n) return true;
  const fee = timeline.apply({
    kind: 'execute',
    snippet: `(stx-burn? u${feeUstx} tx-sender)`,
    sender: payer,
  });
  return fee.kind === 'done' && fee.resultHex === OK_TRUE_HEX;
}

/** Why a transaction was not run: its payer does not have the fee, or it costs more than simnet lets anything cost. */
export type NotRun = 'unpaid' | 'too-expensive';

/**
 * Charges the fee and runs one transaction in the open block (a deployment opens its own). What was too expensive
 * has paid its fee all the same; the caller undoes that. A post-condition that does not hold, a refused deployment and a panic leave the fee and nothing else.
 */
export function runTransaction(timeline: Timeline, transaction: RunnableTransaction): RanOutcome | NotRun {
  if (!chargeFee(timeline, transaction)) return 'unpaid';
  const afterFee = timeline.position();
  const step = stepOf(transaction.action, transaction.sender);
  const result = applyOrBreak(timeline, step);
  if (result.kind === 'refused' && isOverBudget(result.message) && timeline.canRestore)
    return 'too-expensive';
  const outcome: RanOutcome = { kind: 'ran', txid: transaction.txid, ...judge(transaction, result) };
  const isRefusedDeployment = step.kind === 'deploy' && outcome.status !== 'success';
  const isBroken = result.kind === 'broke' && !timeline.canRestore;
  if (isBroken || isRefusedDeployment || outcome.status === 'abort_by_post_condition') {
    if (!timeline.canRestore) throw new ReplayNeeded(outcome);
    timeline.undoTo(afterFee);
  }
  if (isRefusedDeployment) timeline.apply({ kind: 'stacks-block' });
  return outcome;
}

function applyOrBreak(timeline: Timeline, step: Step): StepResult {
  try {
    return timeline.apply(step);
  } catch (error) {
    if (error instanceof CannotRestore) return { kind: 'broke', message: error.message };
    throw error;
  }
}

type Judgement = Omit<RanOutcome, 'kind' | 'txid'>;

function judge(transaction: RunnableTransaction, result: StepResult): Judgement {
  if (result.kind !== 'done') {
    const vmError = result.message;
    return { status: 'abort_by_response', resultHex: ERR_NONE_HEX, events: [], vmError, cost: NO_COST };
  }
  const { events, cost } = result;
  // Simnet answers a deployment with the value of its last expression; the node with (ok true).
  const resultHex = transaction.action.kind === 'deploy' ? OK_TRUE_HEX : result.resultHex;
  if (isErrResponse(resultHex)) {
    return { status: 'abort_by_response', resultHex, events: [], vmError: null, cost };
  }
  // A plain transfer carries no post-conditions: its sender signed the amount itself.
  const broken =
    transaction.action.kind === 'transfer'
      ? null
      : findBrokenPostCondition(events, transaction.sender, transaction.mode, transaction.conditions);
  if (broken === null) return { status: 'success', resultHex, events, vmError: null, cost };
  const vmError = `Post-condition check failure: ${broken}`;
  return { status: 'abort_by_post_condition', resultHex, events: [], vmError, cost };
}

function isErrResponse(hex: string): boolean {
  return hex.startsWith('0x08');
}

function stepOf(action: TransactionAction, sender: string): Step {
  switch (action.kind) {
    case 'call': {
      const { contractId, functionName, argumentHexes } = action;
      return { kind: 'call', contractId, functionName, args: argumentHexes.map(hexToBytes), sender };
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
