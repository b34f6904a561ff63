import { describe, expect, it } from 'vitest';
import { expectOk } from '../../helpers/contracts.js';
import { STATUS, stateOf, statusesOf } from '../../helpers/tasks.js';
import { enqueueWork, execute, executeAll } from '../scheduler/handlers.js';
import { type Arena, type Attack, arena, COIN, DEED, dispatchNaively, GIFT, mixedBatch } from './arena.js';
import { changesSince, type Worths, worths } from './worth.js';

const OK = '(ok {result: 0x, again: none})';
const FORBIDDEN = 2128n; // an asset moved that no allowance names
const NOT_SENDER = 4n; // as stx-transfer? says it

interface Theft extends Attack {
  readonly what: string;
  readonly asset?: string; // STX unless it is named
  readonly isBurnt?: boolean;
  readonly robs?: readonly ('caller' | 'self')[]; // whom of a naive dispatcher; both unless it says
  readonly code?: bigint;
}

const THEFTS: readonly Theft[] = [
  {
    what: 'all STX of its tx-sender',
    body: `(begin (try! (stx-transfer? (stx-get-balance tx-sender) tx-sender THIEF)) ${OK})`,
  },
  {
    what: 'STX with a memo',
    body: `(begin (try! (stx-transfer-memo? (stx-get-balance tx-sender) tx-sender THIEF 0x00)) ${OK})`,
  },
  {
    what: 'STX to burn them',
    body: `(begin (try! (stx-burn? (stx-get-balance tx-sender) tx-sender)) ${OK})`,
    isBurnt: true,
  },
  {
    what: 'coins',
    body: `(begin (try! (contract-call? .loot transfer-coins u${GIFT} tx-sender THIEF)) ${OK})`,
    asset: COIN,
  },
  {
    what: 'a deed, whichever it finds',
    before: `(define-private (grab (deed uint))
      (is-ok (contract-call? .loot transfer-deed deed tx-sender THIEF)))`,
    body: `(begin (map grab (list u1 u2 u3 u4 u5 u6 u7 u8)) ${OK})`,
    asset: DEED,
  },
  {
    what: 'the STX of contracts by their names',
    before: `(define-private (grab (victim principal))
      (is-ok (stx-transfer? u${GIFT} victim THIEF)))`,
    body: `(begin (map grab (list .async-queue .task-scheduler .coordinator-registry .naive)) ${OK})`,
    robs: ['self'],
  },
  {
    what: 'the coins of contracts by their names',
    before: `(define-private (grab (victim principal))
      (is-ok (contract-call? .loot transfer-coins u${GIFT} victim THIEF)))`,
    body: `(begin (map grab (list .async-queue .task-scheduler .coordinator-registry .naive)) ${OK})`,
    asset: COIN,
    robs: ['self'],
  },
  {
    what: 'the STX of its executor by name',
    body: `(begin (try! (stx-transfer? (stx-get-balance EXECUTOR) EXECUTOR THIEF)) ${OK})`,
    robs: ['caller'],
    code: NOT_SENDER,
  },
];

const keyOf = ({ asset }: Theft, who: string) => (asset === undefined ? who : `${who} ${asset}`);

/** What the theft changes when it gets all that the victim has. */
function haul(theft: Theft, { thief }: Arena, victim: string, before: Worths) {
  const taken = before.get(keyOf(theft, victim)) as bigint;
  const loss = { [keyOf(theft, victim)]: -taken };
  return theft.isBurnt ? loss : { ...loss, [keyOf(theft, thief)]: taken };
}

describe.each(THEFTS.map((theft) => [theft.what, theft] as const))('a handler that takes %s', (_, theft) => {
  it('gets it from a dispatcher that shields nothing', () => {
    const scene = arena('thief', theft);
    for (const as of theft.robs ?? (['caller', 'self'] as const)) {
      const before = worths();

      expectOk(dispatchNaively(scene, scene.alice, as));

      const victim = as === 'caller' ? scene.alice : scene.naive;
      expect(changesSince(before)).toEqual(haul(theft, scene, victim, before));
    }
  });

  it('gets nothing from executor, owner, scheduler, vault or registry', () => {
    const scene = arena('thief', theft);
    const id = enqueueWork(scene);
    const before = worths();

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(changesSince(before)).toEqual({});
    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: theft.code ?? FORBIDDEN });
  });

  it('takes nothing from its neighbours in a batch, which are executed and paid', () => {
    const scene = arena('thief', theft);
    const batch = mixedBatch(scene);
    const before = worths();

    const outcome = executeAll(batch, scene.alice);

    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { ok: 0n }, { ok: 1000n }] });
    expect(changesSince(before)).toEqual({ [scene.producer]: -2000n, [scene.alice]: 2000n });
    expect(statusesOf(...batch.map(([id]) => id))).toEqual([
      STATUS.SUCCEEDED,
      STATUS.RETRYING,
      STATUS.SUCCEEDED,
    ]);
  });
});

describe('a handler that takes something and then fails', () => {
  // There is no control: Clarity undoes what a public function did that answers an error, under any dispatcher.
  it('has it undone, like all that it did', () => {
    const scene = arena('coward', { body: '(begin (try! (stx-transfer? u1 tx-sender THIEF)) (err u7))' });
    const id = enqueueWork(scene);
    const before = worths();

    expect(expectOk(execute(scene, id))).toBe(0n);

    expect(changesSince(before)).toEqual({});
    expect(stateOf(id)).toMatchObject({ status: STATUS.RETRYING, code: 7n });
  });
});

describe('a handler that spends what is its own', () => {
  it('may, within its own allowances, and its task is paid', () => {
    const body = `(begin
      (unwrap! (as-contract? ((with-stx u30)) (try! (stx-transfer? u30 tx-sender THIEF))) (err u7))
      ${OK})`;
    const scene = arena('generous', { body });
    enqueueWork(scene);
    const before = worths();

    expect(expectOk(execute(scene, 1n))).toBe(1000n);

    expect(changesSince(before)).toEqual({
      [scene.handler]: -30n,
      [scene.thief]: 30n,
      [scene.producer]: -1000n,
      [scene.alice]: 1000n,
    });
  });
});
