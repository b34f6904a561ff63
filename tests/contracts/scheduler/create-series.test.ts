import { describe, expect, it } from 'vitest';
import { CLOCK, nextBurnHeight, nextHeight, nextTime } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { STATUS, stateOf, taskOf } from '../../helpers/tasks.js';
import { createSeries, newSeries, POLICY, prepaidOf, printedBy, seriesOf, setActive } from './series.js';

const BEYOND = 2n ** 35n;
const SCHEDULE = 16n;

describe('create-series', () => {
  it('makes a task for the first slot and takes the price of all runs', () => {
    const scene = standardScene();
    const before = balanceOf(scene.producer);
    const at = nextHeight() + 40n;

    const outcome = createSeries(scene, {
      at,
      runs: 4n,
      reward: 500n,
      policy: POLICY.catchUp,
      overlap: false,
    });

    const record = newSeries(scene, {
      at,
      runs: 4n,
      reward: 500n,
      policy: POLICY.catchUp,
      overlap: false,
      task: 1n,
    });
    expect(outcome.result).toEqual({ ok: 1n });
    expect(outcome.transfers).toEqual([{ amount: 2000n, from: scene.producer, to: scene.vault }]);
    expect(printedBy(outcome, 'series-')).toEqual([{ topic: 'series-created', series: 1n, ...record }]);
    expect(seriesOf(1n)).toEqual(record);
    expect(stateOf(1n)).toMatchObject({
      status: STATUS.PENDING,
      clock: CLOCK.stacks,
      at,
      series: 1n,
      reward: 500n,
    });
    expect(taskOf(1n)).toMatchObject({ owner: scene.producer, template: scene.template, payload: '0x01' });
    expect(prepaidOf(1n)).toBe(1500n);
    expect(balanceOf(scene.producer)).toBe(before - 2000n);
  });

  it('needs no money for a reward of nothing', () => {
    const scene = standardScene();
    const { transfers } = createSeries(scene, { reward: 0n });
    expect(transfers).toEqual([]);
  });

  it('takes the shortest and the longest interval and number of runs of each clock', () => {
    const scene = standardScene();
    const wish = { runs: 10_000n, reward: 1n };
    for (const [clock, at, shortest] of [
      [CLOCK.stacks, nextHeight() + 50n, 1n],
      [CLOCK.burn, nextBurnHeight() + 50n, 1n],
      [CLOCK.time, nextTime() + 500n, 60n],
    ] as const) {
      expectErr(createSeries(scene, { ...wish, clock, at, every: shortest - 1n }), 'scheduler.ERR_INTERVAL');
      expectErr(createSeries(scene, { ...wish, clock, at, every: 2n ** 31n + 1n }), 'scheduler.ERR_INTERVAL');
      expectOk(createSeries(scene, { ...wish, clock, at, every: shortest }));
      expectOk(createSeries(scene, { ...wish, clock, at, every: 2n ** 31n }));
    }
  });

  it('refuses a first slot that is not ahead, or outside what can be kept', () => {
    const scene = standardScene();
    expectErr(createSeries(scene, { at: nextHeight() }), 'scheduler.ERR_PAST');
    expectErr(createSeries(scene, { at: 0n }), 'scheduler.ERR_PAST');
    expectErr(createSeries(scene, { clock: 3n, at: 900n }), 'scheduler.ERR_CLOCK');
    expectErr(createSeries(scene, { at: BEYOND }), 'factory.ERR_TIME');
    expect(balanceOf(scene.vault)).toBe(0n);

    expectOk(createSeries(scene, { at: nextHeight() + 1n }));
    expectOk(createSeries(scene, { at: BEYOND - 1n }));
  });

  it('refuses other runs, policies and rewards', () => {
    const scene = standardScene({ 'min-reward': 10n });
    expectErr(createSeries(scene, { runs: 0n }), 'scheduler.ERR_RUNS');
    expectErr(createSeries(scene, { runs: 10_001n }), 'scheduler.ERR_RUNS');
    expectErr(createSeries(scene, { policy: 3n }), 'scheduler.ERR_BAD_VALUE');
    expectErr(createSeries(scene, { reward: 9n }), 'scheduler.ERR_BAD_VALUE');
    expectErr(createSeries(scene, { reward: 10n ** 15n + 1n }), 'scheduler.ERR_BAD_VALUE');
    expectOk(createSeries(scene, { reward: 10n, runs: 1n, policy: POLICY.coalesce }));
  });

  it('refuses a template that the caller may not use', () => {
    const scene = standardScene({ open: false });
    expectErr(createSeries(scene), 'factory.ERR_NOT_ALLOWED');
    expectErr(createSeries(scene, { template: 9n }), 'factory.ERR_UNKNOWN_TEMPLATE');
    setActive(scene, false);
    expectErr(createSeries(scene), 'factory.ERR_INACTIVE');
  });

  it('refuses an owner who cannot pay for all runs', () => {
    const scene = standardScene();
    const reward = balanceOf(scene.producer) / 3n + 1n;
    expectErr(createSeries(scene, { reward, runs: 3n }), 'queue.ERR_INSUFFICIENT');
    expect(read('scheduler', 'get-series', 1n)).toBeNull();
  });

  it('is for producers', () => {
    const scene = standardScene();
    for (const by of [scene.alice, scene.stranger])
      expectErr(createSeries(scene, {}, by), 'registry.ERR_ROLE');
  });

  it('stops while scheduling is paused', () => {
    const scene = standardScene();
    expectOk(call('registry', 'pause', [SCHEDULE], scene.deployer));
    expectErr(createSeries(scene), 'registry.ERR_PAUSED');
    expectOk(call('registry', 'unpause', [SCHEDULE], scene.deployer));
    expectOk(createSeries(scene));
  });
});
