import { describe, expect, it } from 'vitest';
import {
  CLOCK,
  mineUntil,
  mineUntilBurn,
  mineUntilTime,
  nextBurnHeight,
  nextHeight,
  nextTime,
} from '../../helpers/clocks.js';
import { balanceOf, expectOk, type Fields } from '../../helpers/contracts.js';
import { enqueueAll, type Scene, standardScene } from '../../helpers/scene.js';
import {
  complete,
  createAndSchedule,
  dequeueAs,
  fail,
  stateOf,
  topUp,
  trigger,
} from '../../helpers/tasks.js';
import { deployDrivenQueue } from './driven-queue.js';

const ramp = { 'ramp-blocks': 100n };
const data = { reward: 1000n, 'reward-min': 200n };

/** The price of an attempt that begins so many blocks after the task was made. */
function priceAfter(blocks: bigint, fields: Fields = {}): bigint {
  const scene = standardScene(ramp);
  const made = nextHeight();
  enqueueAll(scene, [{ ...data, ...fields }]);
  mineUntil(made + blocks);
  expectOk(dequeueAs(scene.alice));
  return stateOf(1n).price as bigint;
}

function takeAgain({ alice }: Scene): bigint {
  mineUntil(stateOf(1n).retry as bigint);
  expectOk(trigger(CLOCK.stacks));
  expectOk(dequeueAs(alice));
  return stateOf(1n).price as bigint;
}

describe('the price of an attempt', () => {
  it.each([
    [1n, 208n],
    [33n, 464n],
    [99n, 992n],
    [100n, 1000n],
    [150n, 1000n],
  ])('rises from the least to the whole reward: after %d of 100 blocks', (blocks, price) => {
    expect(priceAfter(blocks)).toBe(price);
  });

  it.each([
    [1n, 200n],
    [2n, 200n],
    [3n, 201n],
  ])('rounds down: after %d of 100 blocks from 200 to 249', (blocks, price) => {
    expect(priceAfter(blocks, { reward: 249n })).toBe(price);
  });

  it('is the reward when the task names no least one', () => {
    expect(priceAfter(1n, { 'reward-min': null })).toBe(1000n);
  });

  it('is the reward when the template has no ramp', () => {
    const scene = standardScene();
    enqueueAll(scene, [data]);
    expectOk(dequeueAs(scene.alice));
    expect(stateOf(1n)).toMatchObject({ price: 1000n, floor: 200n });
  });

  it('is what the worker gets; the rest goes back to the owner', () => {
    const scene = standardScene(ramp);
    const made = nextHeight();
    enqueueAll(scene, [data]);
    mineUntil(made + 50n);
    expectOk(dequeueAs(scene.alice));

    expect(complete(1n, 1n, scene.alice)).toMatchObject({
      result: { ok: 600n },
      transfers: [
        { amount: 400n, from: scene.vault, to: scene.producer },
        { amount: 600n, from: scene.vault, to: scene.alice },
      ],
    });
    expect(stateOf(1n)).toMatchObject({ price: 600n, escrow: 0n });
    expect(balanceOf(scene.vault)).toBe(0n);
  });

  it('goes on rising from attempt to attempt', () => {
    const scene = standardScene({ ...ramp, 'retry-delay': 20n });
    const made = nextHeight();
    enqueueAll(scene, [data]);
    mineUntil(made + 10n);
    expectOk(dequeueAs(scene.alice));
    expect(stateOf(1n).price).toBe(280n);
    expectOk(fail(1n, 1n, scene.alice));

    expect(takeAgain(scene)).toBe(200n + 8n * (nextHeight() - 1n - made));
  });

  it('never falls below that of an earlier attempt, even if the instant of its task is put off', () => {
    const queue = deployDrivenQueue();
    const id = queue.enqueue(data);
    const tried = { ...queue.stateOf(id), ramp: 100n, price: 500n, at: nextHeight() + 50n };
    expectOk(queue.transact([{ id, next: tried }]));

    expectOk(queue.dequeue());

    expect(queue.stateOf(id)).toMatchObject({ attempts: 1n, price: 500n });
  });

  it('follows a reward that was raised', () => {
    const scene = standardScene(ramp);
    const made = nextHeight();
    enqueueAll(scene, [data]);
    expectOk(topUp(1n, 800n, scene.producer));
    mineUntil(made + 50n);
    expectOk(dequeueAs(scene.alice));
    expect(stateOf(1n)).toMatchObject({ reward: 1800n, floor: 200n, price: 1000n });
  });
});

describe('the price of a scheduled task', () => {
  const clocks = [
    ['Stacks blocks', CLOCK.stacks, nextHeight, mineUntil, 1n],
    ['Bitcoin blocks', CLOCK.burn, nextBurnHeight, mineUntilBurn, 1n],
    ['seconds', CLOCK.time, nextTime, mineUntilTime, 10n],
  ] as const;

  it.each(clocks)('rises with the %s since its instant', (_, clock, now, mine, unit) => {
    const scene = standardScene(ramp);
    const at = now() + 20n * unit;
    expectOk(createAndSchedule(scene.template, data, clock, at, scene.producer));
    mine(at);
    expectOk(trigger(clock));
    mine(at + 5n * unit);

    expectOk(dequeueAs(scene.alice));

    const risen = 8n * (clock === CLOCK.burn ? now() - at : 5n * unit);
    expect(stateOf(1n)).toMatchObject({ clock, at, price: 200n + risen });
  });
});
