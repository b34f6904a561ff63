import { describe, expect, it } from 'vitest';
import { startTestStack, verifyChain } from './stack-under-test.js';

describe('verify-chain', () => {
  it('names the tasks that did not end as they should, when no keeper runs', async () => {
    const stack = await startTestStack(500);
    const dapp = await stack.startDapp();
    await dapp.waitFor(({ event }) => event === 'tasks-made');

    const { code, output } = await verifyChain(stack);

    expect(code).toBe(1);
    expect(output).toContain('"urgent" has status 2, not 5');
    expect(output).toContain('"fails-twice" took 0 attempts, not 3');
    expect(output).not.toContain('"cancelled"');
    expect(output).toContain('still holds leases');
  });
});
