import { describe, expect, it } from 'vitest';
import { nextHeight } from '../../helpers/clocks.js';
import type { ErrorName } from '../../helpers/contract-errors.js';
import { balanceOf, call, expectErr, expectOk, type Outcome } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { cancel, STATUS, schedule, stateOf } from '../../helpers/tasks.js';
import {
  cancelSeries,
  codeOf,
  POLICY,
  prepaidOf,
  printedBy,
  resumeSeries,
  SERIES,
  seriesOf,
  setActive,
  skipNext,
  startSeries,
  topUpSeries,
  triggerAt,
} from './series.js';

const SCHEDULE = 16n;

/** A series that stood down at its second slot, since its template was out of use; it is in use again. */
function stoodDown() {
  const scene = standardScene();
  const { n, at } = startSeries(scene);
  setActive(scene, false);
  expectOk(triggerAt(at));
  setActive(scene, true);
  return { scene, n, at };
}

describe('top-up-series', () => {
  it('adds runs that anybody pays for', () => {
    const scene = standardScene();
    const { n } = startSeries(scene, { reward: 700n });
    const before = seriesOf(n);

    const outcome = topUpSeries(n, 5n, scene.stranger);

    const record = { ...before, left: 7n };
    expect(outcome.result).toEqual({ ok: 7n * 700n });
    expect(outcome.transfers).toEqual([{ amount: 3500n, from: scene.stranger, to: scene.vault }]);
    expect(printedBy(outcome, 'series-')).toEqual([{ topic: 'series-topped-up', series: n, ...record }]);
    expect(seriesOf(n)).toEqual(record);
    expect(prepaidOf(n)).toBe(4900n);
  });

  it('keeps the runs to come within 10,000', () => {
    const scene = standardScene();
    const { n } = startSeries(scene, { runs: 3n, reward: 1n });
    expectErr(topUpSeries(n, 0n, scene.bob), 'scheduler.ERR_RUNS');
    expectErr(topUpSeries(n, 9999n, scene.bob), 'scheduler.ERR_RUNS');
    expectErr(topUpSeries(n, 2n ** 128n - 1n, scene.bob), 'scheduler.ERR_RUNS');
    expectOk(topUpSeries(n, 9998n, scene.bob));
    expect(seriesOf(n).left).toBe(10_000n);
  });

  it('refuses a payer who has too little', () => {
    const scene = standardScene();
    const { n } = startSeries(scene, { runs: 1n, reward: balanceOf(scene.producer) / 2n });
    expectErr(topUpSeries(n, 3n, scene.stranger), 'queue.ERR_INSUFFICIENT');
  });

  it('serves a series that stood down, not one that has ended or was cancelled', () => {
    const { scene, n } = stoodDown();
    expectOk(topUpSeries(n, 1n, scene.stranger));
    expectOk(cancelSeries(n, scene.producer));
    expectErr(topUpSeries(n, 1n, scene.stranger), 'scheduler.ERR_SERIES_STATUS');
    const last = startSeries(scene, { runs: 1n });
    expectOk(triggerAt(last.at));
    expectErr(topUpSeries(last.n, 1n, scene.stranger), 'scheduler.ERR_SERIES_STATUS');
  });
});

describe('skip-next', () => {
  it('puts the next run off by one interval and uses no run', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene);
    const before = seriesOf(n);

    const outcome = skipNext(n, scene.producer);

    const record = { ...before, at: at + 10n };
    expect(outcome.result).toEqual({ ok: at + 10n });
    expect(outcome.transfers).toEqual([]);
    expect(printedBy(outcome, 'series-')).toEqual([{ topic: 'series-skipped', series: n, ...record }]);
    expect(seriesOf(n)).toEqual(record);
    expect(stateOf(1n)).toMatchObject({ status: STATUS.PENDING, at: at + 10n });
    expect(expectOk(triggerAt(at))).toMatchObject({ due: 0n });
    expect(expectOk(triggerAt(at + 10n))).toMatchObject({ due: 1n, created: 1n });
    expect(seriesOf(n)).toMatchObject({ at: at + 20n, left: 1n });
  });

  it('can skip again and again', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene);
    expectOk(skipNext(n, scene.producer));
    expect(expectOk(skipNext(n, scene.producer))).toBe(at + 20n);
  });

  it('refuses a slot outside what can be kept', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene, { at: 2n ** 35n - 11n });
    expectOk(skipNext(n, scene.producer));
    expectErr(skipNext(n, scene.producer), 'scheduler.ERR_TIME');
    expect(seriesOf(n).at).toBe(at + 10n);
  });

  it('refuses a series that does not run', () => {
    const { scene, n } = stoodDown();
    expectErr(skipNext(n, scene.producer), 'scheduler.ERR_SERIES_STATUS');
  });
});

describe('resume-series', () => {
  it('makes a task for the first slot that is still to come', () => {
    const { scene, n, at } = stoodDown();
    triggerAt(at + 25n);
    const before = seriesOf(n);

    const outcome = resumeSeries(n, scene.producer);

    const record = {
      ...before,
      status: SERIES.running,
      reason: 0n,
      at: at + 30n,
      left: 1n,
      task: 2n,
      previous: 1n,
    };
    expect(outcome.result).toEqual({ ok: true });
    expect(printedBy(outcome, 'series-')).toEqual([{ topic: 'series-resumed', series: n, ...record }]);
    expect(seriesOf(n)).toEqual(record);
    expect(stateOf(2n)).toMatchObject({ status: STATUS.PENDING, at: at + 30n });
    expect(expectOk(triggerAt(at + 30n))).toMatchObject({ due: 1n, created: 1n });
  });

  it('takes the slot at which it stood down when that is still ahead', () => {
    const { scene, n, at } = stoodDown();
    expectOk(resumeSeries(n, scene.producer));
    expect(seriesOf(n).at).toBe(at + 10n);
  });

  it('says why it cannot, and stays stood down', () => {
    const { scene, n } = stoodDown();
    setActive(scene, false);
    expectErr(resumeSeries(n, scene.producer), 'factory.ERR_INACTIVE');
    expect(seriesOf(n)).toMatchObject({ status: SERIES.stoodDown, reason: codeOf('factory.ERR_INACTIVE') });
  });

  it('refuses a series that is not stood down', () => {
    const scene = standardScene();
    const { n } = startSeries(scene);
    expectErr(resumeSeries(n, scene.producer), 'scheduler.ERR_SERIES_STATUS');
    expectOk(cancelSeries(n, scene.producer));
    expectErr(resumeSeries(n, scene.producer), 'scheduler.ERR_SERIES_STATUS');
  });
});

describe('cancel-series', () => {
  it('cancels the held task and pays back the runs to come', () => {
    const scene = standardScene();
    const owner = balanceOf(scene.producer);
    const { n } = startSeries(scene);
    const before = seriesOf(n);

    const outcome = cancelSeries(n, scene.producer);

    const record = { ...before, status: SERIES.cancelled };
    expect(outcome.result).toEqual({ ok: 2000n });
    expect(outcome.transfers).toEqual(
      [1000n, 2000n].map((amount) => ({ amount, from: scene.vault, to: scene.producer })),
    );
    expect(printedBy(outcome, 'series-')).toEqual([{ topic: 'series-cancelled', series: n, ...record }]);
    expect(seriesOf(n)).toEqual(record);
    expect(stateOf(1n).status).toBe(STATUS.CANCELLED);
    expect(balanceOf(scene.producer)).toBe(owner);
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('leaves a run that has begun alone', () => {
    const scene = standardScene();
    const { n, at } = startSeries(scene);
    expectOk(triggerAt(at));

    expect(expectOk(cancelSeries(n, scene.producer))).toBe(1000n);

    expect(stateOf(1n).status).toBe(STATUS.QUEUED);
    expect(stateOf(2n).status).toBe(STATUS.CANCELLED);
    expect(balanceOf(scene.vault)).toBe(1000n);
  });

  it('pays back what a series that stood down or has ended still has', () => {
    const { scene, n } = stoodDown();
    expect(expectOk(cancelSeries(n, scene.producer))).toBe(2000n);
    expect(stateOf(1n).status).toBe(STATUS.QUEUED);

    const last = startSeries(scene, { runs: 1n, policy: POLICY.coalesce });
    expectOk(triggerAt(last.at));
    expect(expectOk(cancelSeries(last.n, scene.producer))).toBe(0n);
  });

  it('refuses a series that was cancelled', () => {
    const scene = standardScene();
    const { n } = startSeries(scene);
    expectOk(cancelSeries(n, scene.producer));
    expectErr(cancelSeries(n, scene.producer), 'scheduler.ERR_SERIES_STATUS');
  });

  it('is never paused, nor is a top-up', () => {
    const scene = standardScene();
    const { n } = startSeries(scene);
    expectOk(call('registry', 'pause', [SCHEDULE], scene.deployer));
    expectOk(topUpSeries(n, 1n, scene.stranger));
    expect(expectOk(cancelSeries(n, scene.producer))).toBe(3000n);
  });
});

const calls: readonly (readonly [string, (n: bigint, by: string) => Outcome])[] = [
  ['skip-next', skipNext],
  ['resume-series', resumeSeries],
  ['cancel-series', cancelSeries],
];

describe.each(calls)('%s', (_, callIt) => {
  it('is for the owner of the series', () => {
    const scene = standardScene();
    const { n } = startSeries(scene);
    for (const by of [scene.deployer, scene.manager, scene.alice, scene.stranger]) {
      expectErr(callIt(n, by), 'scheduler.ERR_NOT_OWNER');
    }
  });

  it('refuses a number that is no series', () => {
    const { producer } = standardScene();
    expectErr(callIt(1n, producer), 'scheduler.ERR_UNKNOWN_SERIES');
  });
});

describe('the held task of a series', () => {
  it('changes only with its series', () => {
    const scene = standardScene();
    startSeries(scene);
    const owned: ErrorName = 'control.ERR_SERIES_OWNED';

    expectErr(cancel(1n, scene.producer), owned);
    expectErr(schedule(1n, 0n, nextHeight() + 50n, scene.producer), owned);
    expectErr(call('scheduler', 'unschedule-task', [1n], scene.producer), owned);
    expectErr(call('scheduler', 'cancel-scheduled-task', [1n], scene.producer), owned);
  });

  it('is refused when the series is unknown', () => {
    const { stranger } = standardScene();
    expectErr(topUpSeries(7n, 1n, stranger), 'scheduler.ERR_UNKNOWN_SERIES');
  });
});
