import { createHash } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { type Intent, type LogFields, silentLog } from '@fac/keeper';
import type { AccountView, InFlight, Mend } from '../../../keeper/src/flow.js';
import { encodeIntent } from '../../../keeper/src/send/intent-json.js';
import { createJournal, type Journal } from '../../../keeper/src/send/journal.js';
import { createSender, type Sender } from '../../../keeper/src/send/sender.js';
import type { BroadcastAnswer, Wire } from '../../../keeper/src/send/wire.js';
import { createDb } from '../../../keeper/src/store/create-db.js';
import { migrate } from '../../../keeper/src/store/schema.js';

export const ACCOUNT = 'ST1SELF';
export const trigger = { kind: 'trigger', clock: 'stacks', n: 20 } as const satisfies Intent;
export const claim = { kind: 'claim', queue: 0n, n: 2 } as const satisfies Intent;

/** A sender on a real journal, with a node whose answers are written down beforehand. */
export interface Bench {
  readonly journal: Journal;
  readonly sender: Sender;
  /** Every transaction that reached the node, in order. */
  readonly arrived: { readonly txid: string; readonly nonce: bigint; readonly feeUstx: bigint }[];
  readonly foreign: bigint[];
  readonly events: string[];
  /** Answers of the next broadcasts; then everything is accepted. */
  script(...answers: BroadcastAnswer[]): void;
  /** Journal rows on disk at the moment the node got its last transaction. */
  rowsAtBroadcast(): readonly string[];
  view(nonce: bigint): Promise<AccountView>;
  send(
    intents: readonly Intent[],
    options?: { nonce?: bigint; mends?: readonly Mend[]; height?: bigint },
  ): Promise<void>;
  states(): Promise<readonly string[]>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const pglite = await PGlite.create('memory://');
  const db = createDb(pglite, 'process-crash-only', () => {});
  await migrate(db, 'memory');
  const journal = createJournal(db);
  const answers: BroadcastAnswer[] = [];
  const arrived: Bench['arrived'] = [];
  const foreign: bigint[] = [];
  const events: string[] = [];
  let rows: readonly string[] = [];

  const states = async () =>
    (
      await db.query<{ line: string }>(
        `select nonce::text || ' ' || purpose || ' ' || state as line from in_flight order by nonce, fee_ustx`,
      )
    ).map(({ line }) => line);

  const wire: Wire = {
    address: ACCOUNT,
    decideFee: async () => 1_000n,
    sign: async (intent, nonce, feeUstx) => {
      const text = `${encodeIntent(intent)}|${nonce}|${feeUstx}`;
      return { txid: createHash('sha256').update(text).digest('hex'), raw: new TextEncoder().encode(text) };
    },
    broadcast: async (raw) => {
      rows = await states();
      const [, nonce = '0', fee = '0'] = new TextDecoder().decode(raw).split('|');
      const txid = createHash('sha256').update(raw).digest('hex');
      arrived.push({ txid, nonce: BigInt(nonce), feeUstx: BigInt(fee) });
      return answers.shift() ?? { kind: 'accepted' };
    },
    fetchFreeNonce: async () => 9n,
  };
  const log = { ...silentLog, info: (event: string, _fields?: LogFields) => void events.push(event) };
  const onForeign = async (nonce: bigint) => void foreign.push(nonce);
  const sender = createSender({ wire, journal, feeCapUstx: 5_000n, log, onForeign });

  const view = async (nonce: bigint): Promise<AccountView> => {
    const open = await journal.readOpen(ACCOUNT);
    const inFlight: InFlight[] = open.map((submission) => ({ submission, sighting: 'unseen' }));
    return { address: ACCOUNT, nonce, inFlight, decided: [], setbacks: [], isSameKeySuspected: false };
  };

  return {
    journal,
    sender,
    arrived,
    foreign,
    events,
    script: (...next) => void answers.push(...next),
    rowsAtBroadcast: () => rows,
    view,
    send: async (intents, { nonce = 5n, mends = [], height = 100n } = {}) =>
      sender.send({ mends, send: intents }, await view(nonce), height),
    states,
    reset: async () => {
      await journal.abandon(ACCOUNT);
      for (const list of [answers, arrived, foreign, events]) list.length = 0;
    },
    close: () => db.close(),
  };
}

export const refused = (
  rejection: Extract<BroadcastAnswer, { kind: 'refused' }>['rejection'],
): BroadcastAnswer => ({
  kind: 'refused',
  rejection,
});
