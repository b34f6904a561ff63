import { describe, expect, it } from 'vitest';
import type { ErrorName } from '../../helpers/contract-errors.js';
import { expectErr, expectOk, mineTogether } from '../../helpers/contracts.js';
import { ROLE } from '../../helpers/tasks.js';
import { enqueueWork, pinned } from '../scheduler/handlers.js';
import { ALL_ACTIVITIES, executeCall, type Flip, onlyScene, updated } from './flip.js';
import { changesSince, worths } from './worth.js';

// There are no controls here: the naive dispatcher of the other attacks knows neither owners nor conditions.

const PAUSE_EXECUTE = 4n;

const REFUSED: readonly (readonly [...Flip, ErrorName])[] = [
  [
    'its owner cancels the task',
    (s, id) => [['control', 'cancel-task', [id], s.producer]],
    'queue.ERR_STATE',
  ],
  [
    'a guardian pauses executions',
    (s) => [['registry', 'pause', [PAUSE_EXECUTE], s.deployer]],
    'registry.ERR_PAUSED',
  ],
  [
    'an admin suspends the executor',
    (s) => [['registry', 'suspend-coordinator', [s.alice], s.deployer]],
    'registry.ERR_ROLE',
  ],
  [
    'an admin takes the permission away',
    (s) => [['registry', 'update-coordinator-permissions', [s.alice, ROLE.producer], s.deployer]],
    'registry.ERR_ROLE',
  ],
  [
    'an admin removes the executor',
    (s) => [['registry', 'remove-coordinator', [s.alice], s.deployer]],
    'registry.ERR_ROLE',
  ],
];

const HARMLESS: readonly Flip[] = [
  ['takes the template out of use', (s) => [['factory', 'set-active', [s.template, false], s.manager]]],
  ['gives the template away', (s) => [['factory', 'transfer-template', [s.template, s.bob], s.manager]]],
  ['closes the template', (s) => [updated(s, { open: false })]],
  ['asks for a greater reward', (s) => [updated(s, { 'min-reward': 5000n })]],
  ['asks for more steps', (s) => [updated(s, { 'max-steps': 9n })]],
  ['names another handler', (s) => [updated(s, { handler: pinned(`${s.deployer}.heartbeat-counter`) })]],
  ['moves the task to another lane', (s, id) => [['control', 'set-priority', [id, 0n], s.producer]]],
  ['pauses all else', (s) => [['registry', 'pause', [ALL_ACTIVITIES - PAUSE_EXECUTE], s.deployer]]],
];

describe('an execution before which', () => {
  it.each(REFUSED)('%s is refused and moves nothing', (_, calls, error) => {
    const scene = onlyScene();
    const id = enqueueWork(scene);
    const before = worths();

    const outcomes = mineTogether([...calls(scene, id), executeCall(scene, id)]);

    for (const outcome of outcomes.slice(0, -1)) expectOk(outcome);
    expectErr(outcomes.at(-1) as (typeof outcomes)[0], error);
    expect(changesSince(before)).toEqual({});
  });

  it.each(HARMLESS)('somebody %s is paid as it was to be', (_, calls) => {
    const scene = onlyScene();
    const id = enqueueWork(scene);
    const before = worths();

    const outcomes = mineTogether([...calls(scene, id), executeCall(scene, id)]);

    for (const outcome of outcomes) expectOk(outcome);
    expect(changesSince(before)).toEqual({ [scene.producer]: -1000n, [scene.alice]: 1000n });
  });
});
