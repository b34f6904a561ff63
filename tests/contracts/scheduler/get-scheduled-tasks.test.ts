import { describe, expect, it } from 'vitest';
import { CLOCK } from '../../helpers/clocks.js';
import { expectOk, read } from '../../helpers/contracts.js';
import { standardScene } from '../../helpers/scene.js';
import { cancel, createAndSchedule } from '../../helpers/tasks.js';

describe('get-scheduled-tasks', () => {
  it('answers the next tasks of each clock, at most four, by instant and then by the order of entering', () => {
    const { producer, template } = standardScene();
    const create = (clock: bigint, at: bigint, priority: bigint) =>
      expectOk(createAndSchedule(template, { priority }, clock, at, producer));
    create(CLOCK.stacks, 1030n, 1n);
    create(CLOCK.stacks, 1025n, 2n);
    create(CLOCK.stacks, 1030n, 3n);
    create(CLOCK.stacks, 1024n, 4n);
    create(CLOCK.stacks, 1030n, 5n);
    create(CLOCK.burn, 2048n, 6n);
    create(CLOCK.time, 2n ** 34n, 7n);

    expect(read('scheduler', 'get-scheduled-tasks')).toEqual({
      stacks: [
        { at: 1024n, lane: 4n, id: 4n },
        { at: 1025n, lane: 2n, id: 2n },
        { at: 1030n, lane: 1n, id: 1n },
        { at: 1030n, lane: 3n, id: 3n },
      ],
      burn: [{ at: 2048n, lane: 6n, id: 6n }],
      time: [{ at: 2n ** 34n, lane: 7n, id: 7n }],
    });
  });

  it('stays inside the first window of 128 instants that has any', () => {
    const { producer, template } = standardScene();
    for (const at of [1279n, 1280n, 1151n, 1152n]) {
      expectOk(createAndSchedule(template, {}, CLOCK.stacks, at, producer));
    }
    const next = () => (read('index', 'get-due', CLOCK.stacks) as { at: bigint }[]).map(({ at }) => at);

    expect(next()).toEqual([1151n]);
    expectOk(cancel(3n, producer));
    expect(next()).toEqual([1152n, 1279n]);
  });

  it('answers three empty lists when nothing is scheduled', () => {
    expect(read('scheduler', 'get-scheduled-tasks')).toEqual({ stacks: [], burn: [], time: [] });
  });
});
