import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil } from '../../helpers/clocks.js';
import { call, expectErr, expectOk, type Fields, read } from '../../helpers/contracts.js';
import { STATUS, stateOf, trigger } from '../../helpers/tasks.js';
import { chainScene, deployHandler, deployWitness, enqueueWork, execute, executeAll } from './handlers.js';
import {
  codeOf,
  POLICY,
  prepaidOf,
  printedBy,
  SERIES,
  seriesOf,
  setActive,
  startSeries,
  triggerAt,
} from './series.js';

describe('the execution of the held task of a series', () => {
  it('advances the series as a trigger would, before the handler runs', () => {
    const scene = chainScene(
      deployHandler('loud', '(begin (print {topic: "heard"}) (ok {result: 0x, again: none}))'),
    );
    const { n, at } = startSeries(scene);
    const before = seriesOf(n);
    mineUntil(at);

    const outcome = execute(scene, 1n);

    const record = { ...before, at: at + 10n, left: 1n, task: 2n, previous: 1n };
    expect(outcome.result).toEqual({ ok: 1000n });
    expect(printedBy(outcome, 'series-')).toEqual([{ topic: 'series-advanced', series: n, ...record }]);
    expect(seriesOf(n)).toEqual(record);
    const topics = outcome.prints.map(({ topic }) => topic);
    expect(topics.indexOf('series-advanced')).toBeLessThan(topics.indexOf('heard'));
    expect(stateOf(2n)).toMatchObject({ status: STATUS.PENDING, at: at + 10n });
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ due: 0n });
  });

  it('runs a whole series without any trigger', () => {
    const scene = chainScene(deployWitness());
    const { n, at } = startSeries(scene, { overlap: false });
    for (let run = 0n; run < 3n; run++) {
      mineUntil(at + 10n * run);
      expectOk(execute(scene, run + 1n));
    }
    expect(seriesOf(n)).toMatchObject({ status: SERIES.ended, left: 0n, task: 3n });
    expect(prepaidOf(n)).toBe(0n);
  });

  it('does nothing to the series when the task was triggered before, or is retried', () => {
    const scene = chainScene(deployHandler('failing', '(if true (err u7) (ok {result: 0x, again: none}))'));
    const { n, at } = startSeries(scene);
    expectOk(triggerAt(at));
    const before = seriesOf(n);

    expect(printedBy(execute(scene, 1n), 'series-')).toEqual([]);
    mineUntil(stateOf(1n).retry as bigint);
    expect(printedBy(execute(scene, 1n), 'series-')).toEqual([]);

    expect(seriesOf(n)).toEqual(before);
  });

  it('is refused for a slot that was missed under skip: the trigger puts it off', () => {
    const scene = chainScene(deployWitness());
    const { n, at } = startSeries(scene, { policy: POLICY.skip });
    mineUntil(at + 10n);
    expectErr(execute(scene, 1n), 'scheduler.ERR_TRIGGER_FIRST');

    expectOk(trigger(CLOCK.stacks));

    expectErr(execute(scene, 1n), 'queue.ERR_NOT_DUE');
    mineUntil(at + 20n);
    expectOk(execute(scene, 1n));
    expect(seriesOf(n)).toMatchObject({ at: at + 30n, task: 2n });
  });

  it('is refused without overlap while the run before has not ended', () => {
    const scene = chainScene(deployWitness());
    const { at } = startSeries(scene, { policy: POLICY.catchUp, overlap: false });
    expectOk(triggerAt(at));
    mineUntil(at + 10n);
    expectErr(execute(scene, 2n), 'scheduler.ERR_TRIGGER_FIRST');
    expectOk(execute(scene, 1n));
    expectOk(execute(scene, 2n));
  });

  it('goes through when the next task cannot be made: the series stands down', () => {
    const scene = chainScene(deployWitness());
    const { n, at } = startSeries(scene);
    setActive(scene, false);
    mineUntil(at);
    expect(expectOk(execute(scene, 1n))).toBe(1000n);
    expect(seriesOf(n)).toMatchObject({ status: SERIES.stoodDown, task: 1n });
  });

  it('is refused in a batch until somebody triggers it', () => {
    const scene = chainScene(deployWitness());
    const { n, at } = startSeries(scene);
    const plain = enqueueWork(scene);
    mineUntil(at);
    const items = [1n, plain].map((id) => [id, scene.handler] as const);
    const before = seriesOf(n);

    const untriggered = executeAll(items, scene.alice);

    expect(untriggered.result).toEqual({ ok: [{ err: 'scheduler.ERR_TRIGGER_FIRST' }, { ok: 1000n }] });
    expect(seriesOf(n)).toEqual(before);
    expectOk(trigger(CLOCK.stacks));
    expect(expectOk(executeAll(items.slice(0, 1), scene.alice))).toEqual([{ ok: 1000n }]);
  });
});

describe('a series of tasks with several steps', () => {
  it('prepays every step and advances once a run', () => {
    const body = `(ok {result: 0x, again: (some {clock: u0, at: (+ stacks-block-height u1), payload: 0x})})`;
    const scene = chainScene(deployHandler('stepping', body), { 'max-steps': 2n });
    const { n, at } = startSeries(scene, { reward: 100n });
    expect(prepaidOf(n)).toBe(400n);
    mineUntil(at);

    expectOk(execute(scene, 1n));
    const second = execute(scene, 1n);

    expect(printedBy(second, 'series-')).toEqual([]);
    expect(stateOf(1n).status).toBe(STATUS.SUCCEEDED);
    expect(seriesOf(n)).toMatchObject({ left: 1n, task: 2n });
    expect(prepaidOf(n)).toBe(200n);
  });

  it('stands down when the template has got more steps than a run is prepaid for', () => {
    const scene = chainScene(deployWitness(), { 'max-steps': 1n });
    const { n, at } = startSeries(scene, { reward: 100n });
    const { config } = read('factory', 'get-task-template', scene.template) as { config: Fields };
    const dearer = { ...config, 'max-steps': 3n };
    expectOk(call('factory', 'update-task-template', [scene.template, dearer], scene.manager));

    expect(expectOk(triggerAt(at))).toEqual({ due: 1n, created: 0n, paid: 0n });

    const reason = codeOf('factory.ERR_INSUFFICIENT');
    expect(seriesOf(n)).toMatchObject({ status: SERIES.stoodDown, reason, left: 2n });
    expect(prepaidOf(n)).toBe(200n);
  });

  it('is not advanced by the trigger of a step', () => {
    const body = `(ok {result: 0x, again: (some {clock: u0, at: (+ stacks-block-height u1), payload: 0x})})`;
    const scene = chainScene(deployHandler('stepping', body), { 'max-steps': 2n });
    const { n, at } = startSeries(scene, { runs: 1n });
    mineUntil(at);
    expectOk(execute(scene, 1n));
    expect(seriesOf(n).status).toBe(SERIES.ended);

    const outcome = trigger(CLOCK.stacks);

    expect(outcome.result).toEqual({ ok: { due: 1n, created: 0n, paid: 0n } });
    expect(printedBy(outcome, 'series-')).toEqual([]);
  });
});
