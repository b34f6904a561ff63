import { describe, expect, it } from 'vitest';
import { account, call, expectErr, read } from '../../helpers/contracts.js';

describe('update', () => {
  it('refuses everybody but the queue', () => {
    for (const by of ['deployer', 'wallet_1', 'wallet_8'])
      expectErr(call('graph', 'update', [[], 12n], account(by)), 'graph.ERR_QUEUE_ONLY');
    expect(read('graph', 'get-loose')).toBe(0n);
  });
});
