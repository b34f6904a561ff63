import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ControlFault, createLocalnetControl, type LocalnetControl } from '../../localnet/src/index.js';
import { type Harness, startFixture } from './harness.js';

let h: Harness;
let control: LocalnetControl;
beforeAll(async () => {
  h = await startFixture();
  control = createLocalnetControl(h.node.url);
});
afterEach(async () => {
  await control.clearFaults();
  await control.thawTip();
  await control.setFeeRate(1);
});
afterAll(() => h.node.stop());

const info = () => fetch(`${h.node.url}/v2/info`);

describe('a fault', () => {
  it('loses a request, so that nothing has happened', async () => {
    await control.addFault({ path: '/v2/transactions', method: 'POST', fault: { kind: 'drop-request' } });
    const call = await h.call(h.alice, 'increment');
    await expect(h.broadcast(call)).rejects.toThrow('fetch failed');
    expect((await h.get(`/v2/transactions/unconfirmed/${call.txid()}`)).status).toBe(404);
    expect((await h.broadcast(call)).status).toBe(200);
    await control.mine();
  });

  it('loses an answer, although the request was carried out', async () => {
    await control.addFault({ path: '/v2/transactions', fault: { kind: 'drop-response' } });
    const call = await h.call(h.alice, 'increment');
    await expect(h.broadcast(call)).rejects.toThrow('fetch failed');
    expect((await h.get(`/v2/transactions/unconfirmed/${call.txid()}`)).status).toBe(200);
    expect(await h.broadcast(call)).toEqual({ status: 200, body: call.txid() });
    await control.mine();
  });

  it('lets a request arrive twice, which a node answers alike', async () => {
    await control.addFault({ path: '/v2/transactions', fault: { kind: 'duplicate' } });
    const before = await h.count();
    const call = await h.call(h.alice, 'increment');
    expect(await h.broadcast(call)).toEqual({ status: 200, body: call.txid() });
    await control.mine();
    expect(await h.count()).not.toBe(before);
    expect((await control.state()).pending).toBe(0);
  });

  it('lets a request without a body arrive twice, whatever its verb', async () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      await control.addFault({ path: '/extended/v1/status', fault: { kind: 'duplicate' } });
      expect((await fetch(`${h.node.url}/extended/v1/status`, { method })).status).toBeLessThan(300);
    }
  });

  it('answers late', async () => {
    await control.addFault({ path: '/v2/info', fault: { kind: 'delay', delayMs: 80 } });
    const startMs = performance.now();
    expect((await info()).status).toBe(200);
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(75);
  });

  it.each<[ControlFault, number, string]>([
    [{ kind: 'rate-limit', retryAfterSeconds: 7 }, 429, 'Too many requests'],
    [{ kind: 'status', status: 500 }, 500, 'upstream error'],
    [{ kind: 'status', status: 503, body: 'no' }, 503, 'no'],
    [{ kind: 'html' }, 200, '<!doctype html>'],
  ])('answers %j', async (fault, status, text) => {
    await control.addFault({ path: '/v2/info', fault });
    const answer = await info();
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
    if (status === 429) expect(answer.headers.get('retry-after')).toBe('7');
    expect((await info()).headers.get('content-type')).toContain('json');
  });

  it('meets the requests it is told to: some pass first, some are met, the rest pass', async () => {
    await control.addFault({ path: '/v2/*', skip: 1, times: 2, fault: { kind: 'status', status: 502 } });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await info()).status);
    expect(statuses).toEqual([200, 502, 502, 200]);
    expect((await h.get('/localnet/faults')).body.rules).toMatchObject([{ path: '/v2/*', hits: 2 }]);
  });

  it('lasts until it is taken away when it has no end, and never touches the control', async () => {
    const id = await control.addFault({ path: '/*', times: null, fault: { kind: 'html' } });
    for (let n = 0; n < 3; n++) expect((await info()).headers.get('content-type')).toContain('html');
    expect((await control.state()).stacksHeight).toBeGreaterThan(1);
    await control.clearFaults(id);
    expect((await info()).headers.get('content-type')).toContain('json');
  });

  it.each([
    { path: 'v2', action: { kind: 'html' } },
    { path: '/v2', action: { kind: 'explode' } },
    { path: '/v2', action: { kind: 'status', status: 200 } },
    { path: '/v2', action: { kind: 'delay' } },
    { path: '/v2', times: 0, action: { kind: 'html' } },
    {},
  ])('is refused as %j', async (body) => {
    expect((await h.post('/localnet/faults', body)).status).toBe(400);
    expect((await h.get('/localnet/faults')).body.rules).toEqual([]);
  });
});

describe('a frozen tip', () => {
  it('is answered while the chain goes on', async () => {
    const before = (await h.get('/v2/info')).body;
    await control.freezeTip();
    await control.mine({ stacksBlocks: 3 });
    expect((await h.get('/v2/info')).body).toEqual(before);
    expect((await h.get('/extended/v1/status')).body.chain_tip.block_height).toBe(before.stacks_tip_height);
    await control.thawTip();
    expect((await h.get('/v2/info')).body.stacks_tip_height).toBe(before.stacks_tip_height + 3);
  });
});

describe('dear space', () => {
  it('raises the estimates, and lets who pays less wait', async () => {
    await control.setFeeRate(50);
    expect((await h.get('/v2/fees/transfer')).body).toBe(50);
    const before = await h.count();
    const poor = await h.call(h.bob, 'increment', { fee: 5_000n });
    const rich = await h.call(h.alice, 'increment', { fee: 50_000n });
    for (const call of [poor, rich]) expect((await h.broadcast(call)).status).toBe(200);
    await control.mine();
    expect(await h.transactionOf(rich.txid())).toMatchObject({ tx_status: 'success' });
    expect(await h.transactionOf(poor.txid())).toMatchObject({ tx_status: 'pending' });
    await control.setFeeRate(1);
    await control.mine();
    expect(await h.transactionOf(poor.txid())).toMatchObject({ tx_status: 'success' });
    expect(await h.count()).not.toBe(before);
  });
});

describe('createLocalnetControl', () => {
  it('snapshots, reverts, forks, advances, pauses and kills with plain values', async () => {
    const id = await control.snapshot();
    const before = await control.state();
    await control.advance({ stacksHeight: before.stacksHeight + 4 });
    const fork = await control.fork({ depth: 2, blocks: 1 });
    expect(fork).toMatchObject({ ancestorHeight: before.stacksHeight + 2, returned: [], dropped: [] });
    expect(fork.orphaned).toHaveLength(2);
    expect(fork.state.stacksHeight).toBe(before.stacksHeight + 3);
    await control.killWorker();
    expect(await control.revert(id)).toEqual(before);
    await control.resume();
    expect((await control.pause()).isPaused).toBe(true);
  });

  it('says what the node refused', async () => {
    await expect(control.revert('none')).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('there is no snapshot "none"'),
    });
    const closed = await startFixture({ faults: false });
    await expect(createLocalnetControl(closed.node.url).mine()).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      message: expect.stringContaining('--faults'),
    });
    await closed.node.stop();
  });
});
