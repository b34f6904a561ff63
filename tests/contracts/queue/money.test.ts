import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, expectOk } from '../../helpers/contracts.js';
import { enqueueAll, standardScene } from '../../helpers/scene.js';
import {
  cancel,
  complete,
  createAndSchedule,
  dequeueAs,
  fail,
  reclaim,
  stateOf,
  trigger,
} from '../../helpers/tasks.js';

describe('the money of a handful of tasks', () => {
  it('goes to those who worked and back to the owner, to the last microSTX', () => {
    const scene = standardScene({ 'max-attempts': 2n, 'retry-delay': 1n });
    const people = [scene.producer, scene.alice, scene.bob, scene.stranger, scene.deployer];
    const start = people.map(balanceOf);
    const changes = () => people.map((who, i) => balanceOf(who) - (start[i] as bigint));

    enqueueAll(scene, [
      { reward: 1n },
      { reward: 20n },
      { reward: 300n },
      { reward: 4000n },
      { reward: 50000n },
    ]);
    const at = nextHeight() + 1n;
    expectOk(createAndSchedule(scene.template, { reward: 600000n }, CLOCK.stacks, at, scene.producer));
    expect(balanceOf(scene.vault)).toBe(654321n);
    expect(changes()).toEqual([-654321n, 0n, 0n, 0n, 0n]);

    expectOk(dequeueAs(scene.alice)); // 1
    expectOk(dequeueAs(scene.bob)); // 2
    expectOk(dequeueAs(scene.alice)); // 3
    expectOk(cancel(4n, scene.producer));
    expectOk(complete(1n, 1n, scene.alice));
    expectOk(fail(3n, 1n, scene.alice, { retryable: false }));
    expect(balanceOf(scene.vault)).toBe(650020n);
    expect(changes()).toEqual([-650021n, 1n, 0n, 0n, 0n]);

    mineUntil(stateOf(2n).until as bigint);
    expectOk(reclaim([2n], scene.stranger));
    expectOk(trigger(CLOCK.stacks)); // 6, and 2 when its block of delay is over
    expect(balanceOf(scene.vault)).toBe(650020n);
    expectOk(dequeueAs(scene.alice)); // 5
    expectOk(dequeueAs(scene.bob)); // 6
    expectOk(dequeueAs(scene.alice)); // 2
    expectOk(complete(5n, 1n, scene.alice));
    expectOk(complete(6n, 1n, scene.bob));
    expectOk(complete(2n, 2n, scene.alice));

    expect(balanceOf(scene.vault)).toBe(0n);
    expect(changes()).toEqual([-650021n, 50021n, 600000n, 0n, 0n]);
  });

  it('does not mind a gift to the vault', () => {
    const scene = standardScene();
    enqueueAll(scene, [{}]);
    simnet.transferSTX(77, scene.vault, scene.stranger);

    expectOk(cancel(1n, scene.producer));

    expect(balanceOf(scene.vault)).toBe(77n);
  });
});
