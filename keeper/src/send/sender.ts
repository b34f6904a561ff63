import type { AccountView, Intent, Mend, Plan, Submission } from '../flow.js';
import { purposeOf } from '../flow.js';
import { describeError } from '../shared/errors.js';
import type { Log } from '../shared/log.js';
import { decideRefusal } from './decide-refusal.js';
import type { Journal } from './journal.js';
import type { Wire } from './wire.js';

export interface SenderOptions {
  readonly wire: Wire;
  readonly journal: Journal;
  readonly feeCapUstx: bigint;
  readonly log: Log;
  /** A node has shown that somebody else signs with this key. */
  readonly onForeign: (nonce: bigint, why: string) => Promise<void>;
}

/** Signs, journals and sends what a plan asks for. It never says that something succeeded: the chain does. */
export interface Sender {
  send(plan: Pick<Plan, 'mends' | 'send'>, account: AccountView, height: bigint): Promise<void>;
}

/** `stop`: nothing more goes out in this tick. */
type Sent = 'sent' | 'skipped' | 'stop';

interface SentAs {
  readonly sent: Sent;
  readonly nonce: bigint;
}

/** A nonce taken by a stranger or a fee too low gets another try; more would be guessing. */
const MAX_TRIES = 2;

export function createSender({ wire, journal, feeCapUstx, log, onForeign }: SenderOptions): Sender {
  /** Encodes the call, too: undefined for one that cannot be made, which must not hold up the others. */
  const decideFee = async (intent: Intent): Promise<bigint | undefined> => {
    try {
      return capFee(await wire.decideFee(intent), feeCapUstx);
    } catch (error) {
      log.error('unsendable', { purpose: purposeOf(intent), error: describeError(error) });
      return undefined;
    }
  };

  const sendFresh = async (
    intent: Intent,
    firstFeeUstx: bigint,
    from: bigint,
    height: bigint,
  ): Promise<SentAs> => {
    let nonce = from;
    let feeUstx = firstFeeUstx;
    for (let tries = 1; ; tries += 1) {
      const submission = await signAndRecord(intent, nonce, feeUstx, height);
      const answer = await wire.broadcast(submission.raw);
      if (answer.kind === 'accepted') return { sent: await accepted(submission, height), nonce };
      if (answer.kind === 'unreachable') return { sent: unreachable(submission, answer.error), nonce };
      const next = decideRefusal(answer.rejection, { nonce, feeUstx, feeCapUstx });
      await journal.drop(submission, height, `refused: ${next.reason}`);
      tell(submission, next.reason);
      if (next.isForeign) await onForeign(nonce, next.reason);
      if (next.kind === 'skip') return { sent: 'skipped', nonce };
      if (next.kind === 'stop' || tries === MAX_TRIES) return { sent: 'stop', nonce };
      if (next.kind === 'other-fee') feeUstx = next.feeUstx;
      if (next.kind === 'other-nonce') nonce = max(next.fromNonce, await wire.fetchFreeNonce());
    }
  };

  const signAndRecord = async (
    intent: Intent,
    nonce: bigint,
    feeUstx: bigint,
    height: bigint,
    replaces?: string,
  ): Promise<Submission> => {
    const { txid, raw } = await wire.sign(intent, nonce, feeUstx);
    const account = wire.address;
    const submission = {
      account,
      nonce,
      txid,
      raw,
      intent,
      feeUstx,
      state: 'signed',
      sentHeight: height,
    } as const;
    log.info('signed', about(submission));
    await journal.record(submission, replaces);
    log.info('journaled', about(submission));
    return submission;
  };

  const accepted = async (submission: Submission, height: bigint): Promise<Sent> => {
    log.info('broadcast', about(submission));
    await journal.markBroadcast(submission.txid, height);
    return 'sent';
  };

  /** The row stays `signed`: the next tick sends the same bytes again, which is harmless if they arrived. */
  const unreachable = (submission: Submission, error: unknown): Sent => {
    log.warn('broadcast-failed', { ...about(submission), error: describeError(error) });
    return 'stop';
  };

  const tell = (submission: Submission, reason: string): void =>
    log.warn('rejected', { ...about(submission), by: 'node', reason });

  const mend = async (item: Mend, account: AccountView, height: bigint): Promise<Sent> => {
    if (item.kind === 'fill') return (await sendFill(item.nonce, height)).sent;
    const submission = account.inFlight.find((tx) => tx.submission.txid === item.txid)?.submission;
    if (submission === undefined) return 'skipped';
    return item.kind === 'bump' ? bump(submission, item.feeUstx, height) : rebroadcast(submission, height);
  };

  const sendFill = async (nonce: bigint, height: bigint): Promise<{ sent: Sent }> => {
    const intent = { kind: 'fill' } as const;
    const submission = await signAndRecord(
      intent,
      nonce,
      capFee(await wire.decideFee(intent), feeCapUstx),
      height,
    );
    const answer = await wire.broadcast(submission.raw);
    if (answer.kind === 'accepted') return { sent: await accepted(submission, height) };
    if (answer.kind === 'unreachable') return { sent: unreachable(submission, answer.error) };
    await journal.drop(submission, height, `refused: ${answer.rejection.reason}`);
    tell(submission, answer.rejection.reason);
    if (answer.rejection.reason === 'ConflictingNonceInMempool')
      await onForeign(nonce, answer.rejection.reason);
    return { sent: 'skipped' };
  };

  const bump = async (stuck: Submission, feeUstx: bigint, height: bigint): Promise<Sent> => {
    log.info('bumping', { ...about(stuck), newFeeUstx: feeUstx });
    const submission = await signAndRecord(stuck.intent, stuck.nonce, feeUstx, height, stuck.txid);
    const answer = await wire.broadcast(submission.raw);
    if (answer.kind === 'accepted') return accepted(submission, height);
    if (answer.kind === 'unreachable') return unreachable(submission, answer.error);
    await journal.drop(submission, height, `not replaced: ${answer.rejection.reason}`);
    tell(submission, answer.rejection.reason);
    return 'skipped';
  };

  const rebroadcast = async (submission: Submission, height: bigint): Promise<Sent> => {
    const answer = await wire.broadcast(submission.raw);
    if (answer.kind === 'unreachable') return unreachable(submission, answer.error);
    if (answer.kind === 'accepted') {
      log.info('rebroadcast', about(submission));
      await journal.markBroadcast(submission.txid, height);
      return 'sent';
    }
    const { reason } = answer.rejection;
    // Mined meanwhile, by us or by a stranger: the next tick sees by whom.
    if (reason === 'BadNonce') await journal.markBroadcast(submission.txid, height);
    else {
      await journal.drop(submission, height, `refused: ${reason}`);
      if (reason === 'ConflictingNonceInMempool') await onForeign(submission.nonce, reason);
    }
    tell(submission, reason);
    return 'skipped';
  };

  return {
    async send(plan, account, height) {
      for (const item of plan.mends) {
        if ((await mend(item, account, height)) === 'stop') return;
      }
      let nonce = nextNonce(account, plan.mends);
      for (const intent of plan.send) {
        const feeUstx = await decideFee(intent);
        if (feeUstx === undefined) continue;
        const result = await sendFresh(intent, feeUstx, nonce, height);
        if (result.sent === 'stop') return;
        nonce = result.sent === 'sent' ? result.nonce + 1n : result.nonce;
      }
    },
  };
}

/** After everything that is open; what is dropped gives its nonce back. */
function nextNonce(account: AccountView, mends: readonly Mend[]): bigint {
  const used = [...account.inFlight.map((tx) => tx.submission.nonce), ...mends.map((item) => item.nonce)];
  return used.reduce((next, nonce) => max(next, nonce + 1n), account.nonce);
}

function about({ txid, nonce, intent, feeUstx }: Submission) {
  return { txid, nonce, purpose: purposeOf(intent), feeUstx };
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function capFee(feeUstx: bigint, capUstx: bigint): bigint {
  return feeUstx < capUstx ? feeUstx : capUstx;
}
