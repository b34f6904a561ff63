import { describe, expect, it } from 'vitest';
import { CLOCK, mineUntil, nextHeight } from '../../helpers/clocks.js';
import { balanceOf, call, expectErr, expectOk } from '../../helpers/contracts.js';
import { type Scene, standardScene } from '../../helpers/scene.js';
import { complete, createAndSchedule, dequeueAs, fail, stateOf, trigger } from '../../helpers/tasks.js';
import { chainScene, deployWitness, execute } from './handlers.js';
import { POLICY, seriesOf, startSeries, triggerAt } from './series.js';

const TRIGGER = 8n;

/** Sets the trigger's share to one per cent. */
function shareScene(fields = {}): Scene {
  const scene = standardScene(fields);
  setShare(scene, 100n);
  return scene;
}

const setShare = ({ deployer }: Scene, bps: bigint) =>
  expectOk(call('registry', 'set-param', ['trigger-share-bps', bps], deployer));

describe('the share of the trigger', () => {
  it('is paid in one transfer, rounded down for each task, out of its reward', () => {
    const scene = shareScene();
    const at = nextHeight() + 10n;
    for (const reward of [1000n, 199n, 99n, 0n]) {
      expectOk(createAndSchedule(scene.template, { reward }, CLOCK.stacks, at, scene.producer));
    }
    mineUntil(at);

    const outcome = trigger(CLOCK.stacks, 20n, scene.bob);

    expect(outcome.result).toEqual({ ok: { due: 4n, created: 0n, paid: 11n } });
    expect(outcome.transfers).toEqual([{ amount: 11n, from: scene.vault, to: scene.bob }]);
    expect([1n, 2n, 3n, 4n].map((id) => stateOf(id).reward)).toEqual([990n, 198n, 99n, 0n]);
    expect(balanceOf(scene.vault)).toBe(1298n - 11n);
    expectOk(dequeueAs(scene.alice));
    expect(expectOk(complete(1n, 1n, scene.alice))).toBe(990n);
  });

  it('is taken once, not for retries', () => {
    const scene = shareScene({ 'retry-delay': 2n });
    const at = nextHeight() + 10n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    expect(expectOk(triggerAt(at))).toMatchObject({ paid: 10n });
    expectOk(dequeueAs(scene.alice));

    const again = expectOk(fail(1n, 1n, scene.alice)) as bigint;

    expect(expectOk(triggerAt(again))).toMatchObject({ due: 1n, paid: 0n });
    expect(stateOf(1n).reward).toBe(990n);
  });

  it('is taken once from a run that is put off', () => {
    const scene = shareScene();
    const { n, at } = startSeries(scene, { policy: POLICY.skip });
    expect(expectOk(triggerAt(at + 10n))).toEqual({ due: 1n, created: 0n, paid: 10n });
    expect(expectOk(triggerAt(at + 20n))).toEqual({ due: 1n, created: 1n, paid: 0n });
    expect(seriesOf(n)).toMatchObject({ task: 2n, reward: 1000n });
    expect(stateOf(1n).reward).toBe(990n);
  });

  it('stays with whoever executes a task that nobody triggered', () => {
    const scene = chainScene(deployWitness());
    setShare(scene, 2000n);
    const at = nextHeight() + 10n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    mineUntil(at);
    expect(expectOk(execute(scene, 1n))).toBe(1000n);
  });

  it('stops with a pause of triggering', () => {
    const scene = shareScene();
    const at = nextHeight() + 10n;
    expectOk(createAndSchedule(scene.template, {}, CLOCK.stacks, at, scene.producer));
    mineUntil(at);
    expectOk(call('registry', 'pause', [TRIGGER], scene.deployer));
    expectErr(trigger(CLOCK.stacks), 'registry.ERR_PAUSED');
    expectOk(call('registry', 'unpause', [TRIGGER], scene.deployer));
    expect(expectOk(trigger(CLOCK.stacks))).toMatchObject({ paid: 10n });
  });
});
