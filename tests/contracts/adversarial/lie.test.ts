import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { mineUntil } from '../../helpers/clocks.js';
import { callDeployed, expectOk } from '../../helpers/contracts.js';
import { STATUS, stateOf } from '../../helpers/tasks.js';
import { enqueueWork, execute, executeAll } from '../scheduler/handlers.js';
import { type Arena, arena, dispatchNaively, mixedBatch } from './arena.js';
import { changesSince, worths } from './worth.js';

interface Mood {
  readonly when: string;
  readonly isEvil: string; // Clarity
  readonly turn: (scene: Arena) => void;
}

interface Deed {
  readonly does: string;
  readonly body: string;
  readonly left: { readonly [field: string]: bigint }; // of the task's state
}

const MOODS: readonly Mood[] = [
  {
    when: 'its owner flips a flag',
    isEvil: '(var-get evil)',
    turn: ({ producer }) => setEvil(true, producer),
  },
  { when: 'a height has come', isEvil: '(>= stacks-block-height u90)', turn: () => mineUntil(90n) },
  { when: 'it is the scheduler that asks', isEvil: '(is-eq tx-sender .task-scheduler)', turn: () => {} },
];
const FLAG = MOODS[0] as Mood;

const { FAILED, QUEUED, RETRYING, SUCCEEDED } = STATUS;
const OK = '(ok {result: 0x, again: none})';
const PANIC: Deed = {
  does: 'panics',
  body: `(begin (unwrap-panic (if (is-eq id u0) (some id) none)) ${OK})`,
  left: { status: QUEUED, attempts: 0n, escrow: 1000n },
};
const THEFT: Deed = {
  does: 'steals',
  body: `(begin (try! (stx-transfer? (stx-get-balance tx-sender) tx-sender THIEF)) ${OK})`,
  left: { status: RETRYING, code: 2128n, attempts: 1n, escrow: 1000n },
};
const DEEDS: readonly Deed[] = [
  PANIC,
  THEFT,
  {
    does: 'fails',
    body: `(if (is-eq id u0) ${OK} (err u66))`,
    left: { status: RETRYING, code: 66n, attempts: 1n, escrow: 1000n },
  },
  {
    does: 'is not ready',
    body: `(if (is-eq id u0) ${OK} (err u2999))`,
    left: { status: RETRYING, code: 2999n, attempts: 0n, escrow: 1000n },
  },
];

const byName = (deeds: readonly Deed[]) => deeds.map((deed) => [deed.does, deed] as const);

function liarScene({ isEvil }: Mood, { body }: Deed): Arena {
  const before = `(define-data-var evil bool false)
    (define-public (set-evil (is-evil bool)) (ok (var-set evil is-evil)))
    (define-private (reveal (id uint)) ${body})`;
  return arena('liar', { before, body: `(if ${isEvil} (reveal id) ${OK})` });
}

const setEvil = (isEvil: boolean, by: string) =>
  expectOk(callDeployed('liar', 'set-evil', [Cl.bool(isEvil)], by));

describe.each(MOODS.map((mood) => [mood.when, mood] as const))(
  'a handler that answers well until %s',
  (_, mood) => {
    it.each(byName(DEEDS))('and then %s: its executor loses a fee, nobody anything else', (_, deed) => {
      const scene = liarScene(mood, deed);
      const id = enqueueWork(scene);
      const before = worths();
      expect(expectOk(dispatchNaively(scene, scene.alice, 'caller', id))).toMatchObject({ again: null });
      mood.turn(scene);

      if (deed === PANIC) expect(() => execute(scene, id)).toThrow(/UnwrapFailure/);
      else expect(expectOk(execute(scene, id))).toBe(0n);

      expect(changesSince(before)).toEqual({});
      expect(stateOf(id)).toMatchObject(deed.left);
    });
  },
);

// There is no control for the one that lies to the scheduler alone: to another dispatcher it is honest.
describe.each(MOODS.slice(0, 2).map((mood) => [mood.when, mood] as const))(
  'a thief that is honest until %s',
  (_, mood) => {
    it('robs who believes in what it saw before, under a dispatcher that shields nothing', () => {
      const scene = liarScene(mood, THEFT);
      const before = worths();
      expectOk(dispatchNaively(scene, scene.alice));
      expect(changesSince(before)).toEqual({});
      mood.turn(scene);

      expectOk(dispatchNaively(scene, scene.alice));

      const taken = before.get(scene.alice) as bigint;
      expect(changesSince(before)).toEqual({ [scene.alice]: -taken, [scene.thief]: taken });
    });
  },
);

describe('a liar in a batch', () => {
  it.each(byName(DEEDS.filter((deed) => deed !== PANIC)))(
    'that %s leaves its neighbours alone',
    (_, deed) => {
      const scene = liarScene(FLAG, deed);
      const batch = mixedBatch(scene);
      FLAG.turn(scene);
      const before = worths();

      const outcome = executeAll(batch, scene.alice);

      expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { ok: 0n }, { ok: 1000n }] });
      expect(changesSince(before)).toEqual({ [scene.producer]: -2000n, [scene.alice]: 2000n });
      expect(stateOf(2n)).toMatchObject(deed.left);
    },
  );

  it('that panics takes the batch with it, which is as before and runs without it', () => {
    const scene = liarScene(FLAG, PANIC);
    const batch = mixedBatch(scene);
    const states = batch.map(([id]) => stateOf(id));
    FLAG.turn(scene);
    const before = worths();

    expect(() => executeAll(batch, scene.alice)).toThrow(/UnwrapFailure/);

    expect(changesSince(before)).toEqual({});
    expect(batch.map(([id]) => stateOf(id))).toEqual(states);
    const outcome = executeAll(
      batch.filter(([id]) => id !== 2n),
      scene.alice,
    );
    expect(outcome.result).toEqual({ ok: [{ ok: 1000n }, { ok: 1000n }] });
    setEvil(false, scene.producer);
    expect(expectOk(execute(scene, 2n))).toBe(1000n);
    expect(stateOf(2n).status).toBe(SUCCEEDED);
  });
});

describe('a handler that lies to the last attempt', () => {
  it('fails its task, and the owner has the reward back', () => {
    const scene = liarScene(FLAG, DEEDS[2] as Deed);
    const id = enqueueWork(scene);
    const before = worths();
    FLAG.turn(scene);
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(expectOk(execute(scene, id))).toBe(0n);
      if (attempt < 3) mineUntil(stateOf(id).retry as bigint);
    }
    expect(stateOf(id)).toMatchObject({ status: FAILED, code: 66n, escrow: 0n });
    expect(changesSince(before)).toEqual({});
  });
});
