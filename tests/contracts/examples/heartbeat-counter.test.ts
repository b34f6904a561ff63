import { Cl } from '@stacks/transactions';
import { describe, expect, it } from 'vitest';
import { mineUntil, nextHeight } from '../../helpers/clocks.js';
import { callDeployed, contractId, expectErr, expectOk } from '../../helpers/contracts.js';
import { stateOf } from '../../helpers/tasks.js';
import { ask, chainScene, enqueueWork, execute } from '../scheduler/handlers.js';
import { startSeries } from '../scheduler/series.js';

const NAME = 'heartbeat-counter';
const consensus = (value: bigint) => `0x${Cl.serialize(Cl.uint(value))}`;

describe('heartbeat-counter', () => {
  it('counts the runs of a series and remembers the height of the last', () => {
    const scene = chainScene(contractId(NAME));
    const { at } = startSeries(scene, { runs: 3n });
    for (let run = 1n; run <= 3n; run++) {
      mineUntil(at + 10n * (run - 1n));
      const height = nextHeight();

      const outcome = execute(scene, run);

      const beat = { runs: run, height };
      expect(outcome.result).toEqual({ ok: 1000n });
      expect(outcome.prints).toContainEqual({ topic: 'heartbeat-counted', id: run, ...beat });
      expect(ask(NAME, 'get-heartbeat')).toEqual(beat);
      expect(stateOf(run).result).toBe(consensus(run));
    }
  });

  it('counts nothing that the scheduler does not run', () => {
    const scene = chainScene(contractId(NAME));
    expectOk(execute(scene, enqueueWork(scene)));
    const before = ask(NAME, 'get-heartbeat');

    const outcome = callDeployed(NAME, 'handle-task', [Cl.uint(1), Cl.bufferFromHex('')], scene.alice);

    expectErr(outcome, 'heartbeat-counter.ERR_SCHEDULER_ONLY');
    expect(ask(NAME, 'get-heartbeat')).toEqual(before);
  });
});
