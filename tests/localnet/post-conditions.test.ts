import { Cl, Pc, type PostCondition } from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrokenPostCondition } from '../../localnet/src/worker/post-conditions.js';
import type {
  NftCondition,
  NftRule,
  PostConditionMode,
  PostCondition as PostConditionOfTheChain,
  SimnetEvent,
  SpendComparison,
} from '../../localnet/src/worker/protocol.js';
import { COUNTER, FEE, type Harness, startFixture } from './harness.js';

const ALICE = 'ST1SJ3DTE5DN7X54YDH5D64R3BCB6A2AG2ZQ8YPD5';
const stx = (sender: string, amount: number, event = 'stx_transfer_event'): SimnetEvent => ({
  event,
  data: { sender, recipient: 'someone', amount: `${amount}` },
});
const GOLD = `${COUNTER}::gold`;
const BADGE = `${COUNTER}::badge`;
const gold = (sender: string, amount: number, event = 'ft_transfer_event'): SimnetEvent => ({
  event,
  data: { sender, asset_identifier: GOLD, amount: `${amount}` },
});
const idHex = (id: number) => `0x${Cl.serialize(Cl.uint(id))}`;
const badge = (sender: string, id: number, event = 'nft_transfer_event'): SimnetEvent => ({
  event,
  data: { sender, asset_identifier: BADGE, raw_value: idHex(id) },
});
const badgeRule = (rule: NftRule, id = 1, principal = ALICE) => ({
  ...{ kind: 'nft' as const, principal, assetId: BADGE, valueHex: idHex(id), rule },
});
const goldRule = (comparison: SpendComparison, amount: bigint, principal = ALICE) => ({
  ...{ kind: 'ft' as const, principal, assetId: GOLD, comparison, amount },
});

describe('findBrokenPostCondition', () => {
  const cases: [SpendComparison, number, boolean][] = [
    ['eq', 10, true],
    ['eq', 9, false],
    ['eq', 11, false],
    ['gt', 9, true],
    ['gt', 10, false],
    ['gte', 10, true],
    ['gte', 11, false],
    ['lt', 11, true],
    ['lt', 10, false],
    ['lte', 10, true],
    ['lte', 9, false],
  ];
  it.each(cases)('holds %s %i for 7 sent and 3 burned: %s', (comparison, limit, expected) => {
    const events = [stx(ALICE, 7), stx(ALICE, 3, 'stx_burn_event')];
    const tokenEvents = [gold(ALICE, 7), gold(ALICE, 3, 'ft_burn_event'), gold(ALICE, 9, 'ft_mint_event')];
    const amount = BigInt(limit);
    const conditions = [{ kind: 'stx' as const, principal: ALICE, comparison, amountUstx: amount }];
    for (const mode of ['allow', 'deny', 'originator'] as const) {
      expect(findBrokenPostCondition(events, ALICE, mode, conditions) === null).toBe(expected);
      const ofTokens = findBrokenPostCondition(tokenEvents, ALICE, mode, [goldRule(comparison, amount)]);
      expect(ofTokens === null).toBe(expected);
    }
  });

  const uncovered: [string, SimnetEvent[], PostConditionMode, boolean][] = [
    ['nothing moved', [], 'deny', true],
    ['the sender spent', [stx(ALICE, 1)], 'deny', false],
    ['the sender spent', [stx(ALICE, 1)], 'originator', false],
    ['the sender spent', [stx(ALICE, 1)], 'allow', true],
    ['a contract spent', [stx(COUNTER, 1)], 'deny', false],
    ['a contract spent', [stx(COUNTER, 1)], 'originator', true],
    ['the sender sent a token', [gold(ALICE, 1)], 'originator', false],
    ['the sender burned a token', [badge(ALICE, 1, 'nft_burn_event')], 'deny', false],
    ['a contract sent a token', [badge(COUNTER, 1)], 'originator', true],
    ['a contract sent a token', [gold(COUNTER, 1)], 'deny', false],
    ['a token was minted', [{ event: 'ft_mint_event', data: { recipient: ALICE } }], 'deny', true],
  ];
  it.each(uncovered)('without a condition, when %s', (_what, events, mode, expected) => {
    expect(findBrokenPostCondition(events, ALICE, mode, []) === null).toBe(expected);
  });

  const items: [string, SimnetEvent[], NftCondition[], PostConditionMode, boolean][] = [
    ['sent what it must send', [badge(ALICE, 1)], [badgeRule('sent')], 'deny', true],
    ['burned what it must send', [badge(ALICE, 1, 'nft_burn_event')], [badgeRule('sent')], 'deny', true],
    ['kept what it must send', [], [badgeRule('sent')], 'allow', false],
    ['kept what it must keep', [], [badgeRule('not-sent')], 'deny', true],
    ['sent what it must keep', [badge(ALICE, 1)], [badgeRule('not-sent')], 'allow', false],
    ['sent what it may send', [badge(ALICE, 1)], [badgeRule('maybe-sent')], 'deny', true],
    ['kept what it may send', [], [badgeRule('maybe-sent')], 'originator', true],
    ['sent another of the kind', [badge(ALICE, 2)], [badgeRule('sent')], 'allow', false],
    ['sent one more of the kind', [badge(ALICE, 1), badge(ALICE, 2)], [badgeRule('sent')], 'deny', false],
    ['sent one more of the kind', [badge(ALICE, 1), badge(ALICE, 2)], [badgeRule('sent')], 'allow', true],
    [
      'covered both',
      [badge(ALICE, 1), badge(ALICE, 2)],
      [1, 2].map((id) => badgeRule('sent', id)),
      'deny',
      true,
    ],
    ['named somebody else', [badge(ALICE, 1)], [badgeRule('maybe-sent', 1, COUNTER)], 'originator', false],
    ['was minted it', [badge(ALICE, 1, 'nft_mint_event')], [badgeRule('sent')], 'allow', false],
  ];
  it.each(items)('judges a sender that %s', (_what, events, conditions, mode, expected) => {
    expect(findBrokenPostCondition(events, ALICE, mode, conditions) === null).toBe(expected);
  });

  it('covers a token by its principal and its asset', () => {
    const events = [gold(ALICE, 5)];
    const judge = (condition: PostConditionOfTheChain) =>
      findBrokenPostCondition(events, ALICE, 'deny', [condition]);
    expect(judge(goldRule('lte', 5n))).toBeNull();
    expect(judge(goldRule('lte', 5n, COUNTER))).toMatch(/gave up 5 of .*::gold/);
    expect(judge({ ...goldRule('lte', 5n), assetId: `${COUNTER}::silver` })).toMatch(/gave up 5 of .*::gold/);
    expect(judge({ kind: 'stx', principal: ALICE, comparison: 'lte', amountUstx: 5n })).toMatch(/::gold/);
  });
});

describe('a transaction with post-conditions', () => {
  let h: Harness;
  beforeAll(async () => {
    h = await startFixture();
  });
  afterAll(() => h.node.stop());

  const sends = (amount: number): PostCondition => Pc.principal(ALICE).willSendEq(amount).ustx();

  it('runs when they hold', async () => {
    const before = await h.account(ALICE);
    const mined = await h.run(
      await h.call(h.alice, 'deposit', { args: [Cl.uint(50)], conditions: [sends(50)] }),
    );
    expect(mined.tx_status).toBe('success');
    expect(await h.account(ALICE)).toEqual({ balance: before.balance - 50n - FEE, nonce: before.nonce + 1 });
  });

  it.each([
    ['deny', [] as PostCondition[]],
    ['originator', [] as PostCondition[]],
    ['deny', [sends(49)]],
    ['allow', [sends(51)]],
  ] as const)('leaves only fee and nonce behind when they do not (%s)', async (mode, conditions) => {
    const before = await Promise.all([h.account(ALICE), h.account(COUNTER), h.count()]);
    const lastId = BigInt(Cl.prettyPrint(Cl.deserialize(before[2])).slice(1));

    const mined = await h.run(
      await h.call(h.alice, 'deposit', { args: [Cl.uint(50)], mode, conditions: [...conditions] }),
    );

    expect(mined).toMatchObject({
      tx_status: 'abort_by_post_condition',
      tx_result: { repr: `(ok u${lastId + 1n})` },
      events: [],
      event_count: 0,
    });
    expect(mined.vm_error).toMatch(/^Post-condition check failure: /);
    const [alice, counter, count] = before;
    expect(await Promise.all([h.account(ALICE), h.account(COUNTER), h.count()])).toEqual([
      { balance: alice.balance - FEE, nonce: alice.nonce + 1 },
      counter,
      count,
    ]);
    const key = Cl.serialize(Cl.uint(lastId + 1n));
    expect(
      (await h.post(`/v2/map_entry/${COUNTER.replace('.', '/')}/entries?proof=0`, `0x${key}`)).body,
    ).toEqual({
      data: '0x09',
    });
  });

  it('aborts alone: the others of its block stay', async () => {
    const { nonce } = await h.account(ALICE);
    const aborts = h.call(h.alice, 'deposit', { args: [Cl.uint(5)], nonce: BigInt(nonce) + 1n });
    const transactions = [
      await h.call(h.alice, 'increment', { nonce: BigInt(nonce) }),
      await aborts,
      await h.call(h.alice, 'increment', { nonce: BigInt(nonce) + 2n }),
      await h.call(h.bob, 'increment'),
    ];
    const before = BigInt(Cl.prettyPrint(Cl.deserialize(await h.count())).slice(1));
    for (const transaction of transactions) expect((await h.broadcast(transaction)).status).toBe(200);
    await h.node.mine();

    const mined = await Promise.all(transactions.map((transaction) => h.transactionOf(transaction.txid())));
    expect(new Set(mined.map((transaction) => transaction.block_height)).size).toBe(1);
    expect(mined.map((transaction) => transaction.tx_status)).toEqual([
      'success',
      'abort_by_post_condition',
      'success',
      'success',
    ]);
    expect(await h.count()).toBe(`0x${Cl.serialize(Cl.uint(before + 3n))}`);
    expect((await h.account(ALICE)).nonce).toBe(nonce + 3);
  });

  it('cannot lose a token unseen', async () => {
    await h.run(await h.call(h.alice, 'mint'));
    const args = [Cl.principal(h.bob.address)];
    expect((await h.run(await h.call(h.alice, 'send-point', { args }))).tx_status).toBe(
      'abort_by_post_condition',
    );
    expect((await h.run(await h.call(h.alice, 'send-point', { args, mode: 'allow' }))).tx_status).toBe(
      'success',
    );
  });
});
