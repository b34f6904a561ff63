import { describe, expect, it } from 'vitest';
import type { Child } from '../../scripts/stack/child.js';
import { DEVNET } from '../../scripts/stack/devnet-accounts.js';
import { createDice, rollSteps } from '../properties/dice.js';
import { startTestStack, verifyChain } from './stack-under-test.js';

const KILLS = 20;
const BLOCK_TIME_MS = 1_000;
/** Between sign and journal, between journal and broadcast, before and after confirmation, and while a handler runs. */
const POINTS = ['signed', 'journaled', 'broadcast', 'confirmed', 'running', 'started'] as const;
const MAX_DELAY_MS = 300;

describe('a keeper that is killed twenty times', () => {
  const seed = Number(process.env.FAC_SEED ?? Date.now() % 1_000_000);

  it(`loses nothing, pays nothing twice and leaves no gap (FAC_SEED=${seed})`, async () => {
    const steps = rollSteps(seed, KILLS);
    const stack = await startTestStack(BLOCK_TIME_MS);
    const dapp = await stack.startDapp();
    const startKeeper = (): Child => stack.startKeeper({ name: 'keeper', account: DEVNET.keeper });

    const killedAt = new Map<string, number>();
    for (let kills = 0; kills < KILLS && dapp.isRunning(); kills += 1) {
      const dice = createDice(steps[kills] ?? []);
      // Every point once at once, then any with any delay.
      const point = POINTS[kills] ?? dice.of(...POINTS);
      const keeper = startKeeper();
      // A point that does not come because there is nothing left to do ends with the dApp.
      await Promise.race([keeper.waitFor(({ event }) => event === point), dapp.ended]);
      const delayMs = kills < POINTS.length ? 0 : dice.of(0, 0, dice.below(MAX_DELAY_MS));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      keeper.kill('SIGKILL');
      await keeper.ended;
      killedAt.set(point, (killedAt.get(point) ?? 0) + 1);
    }
    const killedWhileWorking = [...killedAt.values()].reduce((sum, count) => sum + count, 0);
    const keeper = startKeeper();
    expect(await dapp.ended).toBe(0);
    await keeper.stop();

    expect(killedWhileWorking).toBe(KILLS);
    expect(await verifyChain(stack, '--disturbed')).toMatchObject({ code: 0 });
    expect(await readNonces(stack.nodeUrl, DEVNET.keeper.address)).toMatchObject({
      detected_missing_nonces: [],
      detected_mempool_nonces: [],
    });
  });
});

const readNonces = async (nodeUrl: string, address: string): Promise<unknown> => {
  const response = await fetch(`${nodeUrl}/extended/v1/address/${address}/nonces`);
  return response.json();
};
