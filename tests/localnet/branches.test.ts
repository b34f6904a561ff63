import { Cl, cvToHex } from '@stacks/transactions';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, startFixture } from './harness.js';
import { readState } from './state-hash.js';

let h: Harness;
beforeEach(async () => {
  h = await startFixture();
});
afterEach(() => h.node.stop());

const command = async (name: string, body: object = {}) => {
  const { status, body: answer } = await h.post(`/localnet/${name}`, body);
  if (status !== 200) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer;
};

describe('a worker that dies', () => {
  it('is replaced by one that has the same chain, and requests only wait', async () => {
    await h.run(await h.call(h.alice, 'increment'));
    await h.run(await h.call(h.bob, 'deposit', { args: [Cl.uint(5)] }));
    await h.node.mine({ stacksBlocks: 2, burnBlocks: 1 });
    const before = await readState(h);
    const [state] = await Promise.all([readState(h), command('kill-worker'), h.count()]);
    expect(state).toBe(before);
    expect(await readState(h)).toBe(before);
    expect(await h.run(await h.call(h.alice, 'increment'))).toMatchObject({ tx_status: 'success' });
  });

  it('does not lose the block that was being made', async () => {
    const call = await h.call(h.alice, 'increment');
    await h.broadcast(call);
    await Promise.all([h.node.mine(), command('kill-worker')]);
    expect(await h.transactionOf(call.txid())).toMatchObject({ tx_status: 'success' });
    expect(await h.count()).toBe(cvToHex(Cl.uint(2)));
  });
});

describe('POST /localnet/revert', () => {
  it('goes back to a snapshot as if nothing had come after, as often as one likes', async () => {
    await h.run(await h.call(h.alice, 'increment'));
    await h.broadcast(await h.call(h.bob, 'increment', { nonce: 3n }));
    const before = await readState(h);
    const { id } = await command('snapshot');
    for (const times of [1, 2]) {
      for (let n = 0; n < times; n++) await h.run(await h.call(h.alice, 'increment'));
      await h.node.mine({ burnBlocks: 1 });
      expect(await readState(h)).not.toBe(before);
      await command('revert', { id });
      expect(await readState(h)).toBe(before);
    }
    expect(await h.run(await h.call(h.alice, 'increment'))).toMatchObject({ tx_status: 'success' });
  });

  it('goes back to any of several snapshots, earlier or later', async () => {
    const marks: { id: string; state: string }[] = [];
    for (let n = 0; n < 5; n++) {
      await h.run(await h.call(h.alice, 'increment'));
      marks.push({ id: (await command('snapshot')).id, state: await readState(h) });
    }
    for (const at of [1, 4, 0, 3, 2]) {
      await command('revert', { id: marks[at]?.id });
      expect(await readState(h)).toBe(marks[at]?.state);
    }
  });

  it('goes back without a copy too, by a replay', async () => {
    const { id } = await command('snapshot');
    await h.run(await h.call(h.alice, 'increment'));
    await command('kill-worker');
    await command('revert', { id });
    expect(await h.count()).toBe(cvToHex(Cl.uint(1)));
  });

  it('refuses a snapshot that is not there', async () => {
    expect(await h.post('/localnet/revert', { id: '7' })).toMatchObject({ status: 400 });
    expect((await h.post('/localnet/revert', {})).status).toBe(400);
  });
});

describe('POST /localnet/fork', () => {
  it('takes blocks off, lets their transactions wait again and mines them on another branch', async () => {
    await h.node.mine();
    const first = await h.run(await h.call(h.alice, 'increment'));
    const second = await h.run(await h.call(h.bob, 'increment'));
    const fork = await command('fork', { depth: 2 });
    expect(fork).toMatchObject({
      orphaned: [expect.any(String), second.block_hash ? expect.any(String) : ''],
    });
    expect(fork.state.stacks_tip_height).toBe(second.block_height + 1);

    const again = await h.transactionOf(first.tx_id);
    expect(again).toMatchObject({ tx_status: 'success', block_height: first.block_height });
    expect(again.block_hash).not.toBe(first.block_hash);
    expect((await h.transactionOf(second.tx_id)).block_height).toBe(first.block_height);
    expect(await h.count()).toBe(cvToHex(Cl.uint(3)));
  });

  it('drops and re-orders transactions', async () => {
    const [a, b, c] = [
      await h.run(await h.call(h.alice, 'increment')),
      await h.run(await h.call(h.bob, 'increment')),
      await h.run(await h.call(h.bob, 'increment')),
    ];
    const fork = await command('fork', { depth: 3, drop: [c.tx_id], order: [b.tx_id, a.tx_id] });
    expect(fork.dropped).toEqual([c.tx_id]);
    expect((await h.transactionOf(b.tx_id)).tx_result.repr).toBe('(ok u2)');
    expect((await h.transactionOf(a.tx_id)).tx_result.repr).toBe('(ok u3)');
    expect(await h.transactionOf(c.tx_id)).toMatchObject({ tx_status: 'dropped_replace_across_fork' });
    expect((await h.account(h.bob.address)).nonce).toBe(1);
  });

  it('can leave the tip lower than it was', async () => {
    await h.node.mine({ stacksBlocks: 4 });
    const { body: before } = await h.get('/v2/info');
    await command('fork', { depth: 3, blocks: 1 });
    const { body: after } = await h.get('/v2/info');
    expect(after.stacks_tip_height).toBe(before.stacks_tip_height - 2);
    expect(after.stacks_tip).not.toBe(before.stacks_tip);
  });

  it('is left again by going back to a snapshot of the branch before', async () => {
    await h.run(await h.call(h.alice, 'increment'));
    await h.run(await h.call(h.bob, 'deposit', { args: [Cl.uint(9)], mode: 'allow' }));
    const before = await readState(h);
    const { id } = await command('snapshot');
    await h.run(await h.call(h.bob, 'increment'));
    await command('fork', { depth: 3, drop: [] });
    await h.run(await h.call(h.alice, 'increment'));
    expect(await readState(h)).not.toBe(before);
    await command('revert', { id });
    expect(await readState(h)).toBe(before);
  });

  it.each([
    [{ depth: 0 }, 'depth'],
    [{ depth: 900 }, 'the deepest possible is'],
    [{ depth: 1, drop: [`0x${'0'.repeat(64)}`] }, 'neither in the blocks of the fork nor waiting'],
    [{ depth: 1, other: 1 }, 'other'],
  ])('refuses %j and changes nothing', async (body, words) => {
    await h.run(await h.call(h.alice, 'increment'));
    const before = await readState(h);
    const { status, body: answer } = await h.post('/localnet/fork', body);
    expect(status).toBe(400);
    expect(answer.error).toContain(words);
    expect(await readState(h)).toBe(before);
  });

  it('refuses an order that breaks the nonces', async () => {
    const a = await h.run(await h.call(h.bob, 'increment'));
    const b = await h.run(await h.call(h.bob, 'increment'));
    const before = await readState(h);
    const { status, body } = await h.post('/localnet/fork', { depth: 2, order: [b.tx_id, a.tx_id] });
    expect(status).toBe(400);
    expect(body.error).toContain('its turn in this order is 0');
    expect(await readState(h)).toBe(before);
  });
});

describe('POST /localnet/advance', () => {
  it('mines until heights and time are reached', async () => {
    const { body: before } = await h.get('/localnet/state');
    const after = await command('advance', {
      stacks_height: before.stacks_tip_height + 5,
      burn_height: before.burn_block_height + 2,
      time: before.block_time + 86_400,
    });
    expect(after.stacks_tip_height).toBeGreaterThanOrEqual(before.stacks_tip_height + 5);
    expect(after.burn_block_height).toBeGreaterThanOrEqual(before.burn_block_height + 2);
    expect(after.block_time).toBeGreaterThanOrEqual(before.block_time + 86_400);
    expect(after.block_time).toBeLessThan(before.block_time + 86_400 + 600);
    expect(await command('advance', { stacks_height: 1 })).toEqual(after);
  });

  it('refuses what would take too long', async () => {
    for (const far of [
      { stacks_height: 10_000_000 },
      { burn_height: 10_000_000 },
      { time: 10_000_000_000 },
    ]) {
      expect((await h.post('/localnet/advance', far)).status).toBe(400);
    }
  });
});

describe('mining', () => {
  it('stops while it is paused and goes on after', async () => {
    expect(await command('pause')).toMatchObject({ paused: true });
    const { body: before } = await h.get('/v2/info');
    await h.broadcast(await h.call(h.alice, 'increment'));
    expect((await h.get('/v2/info')).body).toEqual(before);
    expect(await command('resume')).toMatchObject({ paused: false });
    await expect.poll(() => h.count()).toBe(cvToHex(Cl.uint(2)));
  });

  it('is not controlled over HTTP unless the node was started for it', async () => {
    const closed = await startFixture({ faults: false });
    try {
      expect(await closed.post('/localnet/mine', {})).toMatchObject({
        status: 403,
        body: { error: expect.stringContaining('--faults') },
      });
      expect((await closed.get('/localnet/state')).status).toBe(200);
    } finally {
      await closed.node.stop();
    }
  });
});
