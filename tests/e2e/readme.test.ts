import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../examples/sample-dapp/set-up.js';
import { DEVNET } from '../../scripts/stack/devnet-accounts.js';
import { runProgram, startTestStack } from './stack-under-test.js';

const EXAMPLE_FILE = '.build/readme-example.mjs';

describe('the example in the README', () => {
  it('enqueues a task that a keeper does and is paid for', async () => {
    const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    expect(example).toContain("network: 'http://127.0.0.1:20443'");
    const stack = await startTestStack(500);
    const dapp = await stack.startDapp();
    stack.startKeeper({ name: 'keeper', account: DEVNET.keeper });
    // The example signs with the key of the dApp, which must have nothing more to sign.
    await dapp.waitFor(({ event }) => event === 'tasks-made');
    writeFileSync(EXAMPLE_FILE, example.replace('http://127.0.0.1:20443', stack.nodeUrl));
    onTestFinished(() => rmSync(EXAMPLE_FILE));

    const { code, output } = await runProgram([EXAMPLE_FILE], { FAC_PRIVATE_KEY: DEVNET.producer.key });

    expect({ code, output }).toEqual({
      code: 0,
      output: expect.stringMatching(/^task \d+: hello, 1000000 uSTX to ST/),
    });
    const id = BigInt(/task (\d+)/.exec(output)?.[1] ?? 0);
    const chain = connect(stack.nodeUrl, DEVNET.deployer.address, DEVNET.producer.key);
    expect(await chain.queue.read.getState({ id })).toMatchObject({
      status: 'succeeded',
      result: new TextEncoder().encode('hello'),
      worker: DEVNET.keeper.address,
      rewardUstx: 1_000_000n,
    });
  });
});
