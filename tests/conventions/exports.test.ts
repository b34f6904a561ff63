import * as keeper from '@fac/keeper';
import * as localnet from '@fac/localnet';
import { describe, expect, it } from 'vitest';

describe('what a package exports is meant', () => {
  it('@fac/keeper', () => {
    expect(Object.keys(keeper).sort()).toEqual([
      'FAILURE_CODES',
      'KeeperError',
      'OPTIONS',
      'OPTION_NAMES',
      'TaskFailure',
      'checkReady',
      'createDraw',
      'createKeeper',
      'createNap',
      'describeError',
      'isKeeperError',
      'loadConfig',
      'openStore',
      'planNext',
      'runKeeper',
      'silentLog',
    ]);
  });

  it('@fac/localnet', () => {
    expect(Object.keys(localnet).sort()).toEqual(['LocalnetError', 'createLocalnetControl', 'startLocalnet']);
  });
});
