import { readFileSync } from 'node:fs';
import {
  Cl,
  makeContractDeploy,
  type NonFungibleComparator,
  Pc,
  type PostCondition,
} from '@stacks/transactions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallOptions, FEE, type Harness, type Json, startFixture } from './harness.js';

let h: Harness;
let contract: `${string}.${string}`;

beforeAll(async () => {
  h = await startFixture();
  const codeBody = readFileSync(new URL('./fixtures/token.clar', import.meta.url), 'utf8');
  const { privateKey: senderKey, address } = h.bob;
  const fee = codeBody.length * 2;
  await h.run(
    await makeContractDeploy({
      ...{ network: h.network, senderKey, contractName: 'token', codeBody, clarityVersion: 6, fee },
    }),
  );
  contract = `${address}.token`;
  for (const [functionName, amount] of [
    ['mint-gold', 1_000],
    ['mint-badge', 1],
    ['mint-badge', 2],
  ] as const) {
    expect((await call(functionName, amount)).tx_status).toBe('success');
  }
});
afterAll(() => h.node.stop());

async function call(
  functionName: string,
  amount: number,
  options: CallOptions & { readonly to?: string } = {},
): Promise<Json> {
  const to = options.to === undefined ? [] : [Cl.principal(options.to)];
  return h.run(await h.call(h.alice, functionName, { ...options, contract, args: [Cl.uint(amount), ...to] }));
}

async function readToken(functionName: string, argument: string): Promise<string> {
  const path = `/v2/contracts/call-read/${contract.replace('.', '/')}/${functionName}`;
  const { body } = await h.post(path, { sender: h.alice.address, arguments: [argument] });
  return Cl.prettyPrint(Cl.deserialize(body.result));
}
const goldOf = (who: string) => readToken('gold-of', `0x${Cl.serialize(Cl.principal(who))}`);
const ownerOf = (id: number) => readToken('owner-of', `0x${Cl.serialize(Cl.uint(id))}`);

const goldOfAlice = (amount: number) => Pc.principal(h.alice.address).willSendEq(amount).ft(contract, 'gold');
const badgeOfAlice = (id: number, conditionCode: NonFungibleComparator): PostCondition => ({
  type: 'nft-postcondition',
  address: h.alice.address,
  condition: conditionCode,
  asset: `${contract}::badge`,
  assetId: Cl.tuple({ series: Cl.stringAscii('a'), id: Cl.uint(id) }),
});

describe('a fungible token', () => {
  it('leaves by the amount that was stated, and is shown so', async () => {
    const mined = await call('send-gold', 40, { to: h.bob.address, conditions: [goldOfAlice(40)] });
    expect(mined).toMatchObject({ tx_status: 'success', tx_result: { repr: '(ok true)' } });
    expect(mined.post_conditions).toEqual([
      {
        type: 'fungible',
        condition_code: 'sent_equal_to',
        amount: '40',
        principal: { type_id: 'principal_standard', address: h.alice.address },
        asset: { contract_address: h.bob.address, contract_name: 'token', asset_name: 'gold' },
      },
    ]);
    expect([await goldOf(h.alice.address), await goldOf(h.bob.address)]).toEqual(['u960', 'u40']);
  });

  it.each([
    ['another amount', 'allow', () => [goldOfAlice(41)]],
    ['nothing', 'deny', () => []],
    ['nothing', 'originator', () => []],
    ['STX only', 'deny', () => [Pc.principal(h.alice.address).willSendLte(40).ustx()]],
  ] as const)('stays when %s was stated (%s)', async (_what, mode, conditions) => {
    const before = await h.account(h.alice.address);
    const mined = await call('send-gold', 40, { to: h.bob.address, mode, conditions: [...conditions()] });
    expect(mined).toMatchObject({
      tx_status: 'abort_by_post_condition',
      tx_result: { repr: '(ok true)' },
      events: [],
    });
    expect([await goldOf(h.alice.address), await goldOf(h.bob.address)]).toEqual(['u960', 'u40']);
    expect(await h.account(h.alice.address)).toEqual({
      balance: before.balance - FEE,
      nonce: before.nonce + 1,
    });
  });

  it('leaves by burning, too', async () => {
    expect((await call('burn-gold', 60)).tx_status).toBe('abort_by_post_condition');
    expect((await call('burn-gold', 60, { conditions: [goldOfAlice(60)] })).tx_status).toBe('success');
    expect(await goldOf(h.alice.address)).toBe('u900');
  });

  it('may leave a contract unseen in originator mode, and not in deny mode', async () => {
    await call('send-gold', 100, { to: contract, conditions: [goldOfAlice(100)] });
    expect((await call('pay-gold', 100)).tx_status).toBe('abort_by_post_condition');
    expect((await call('pay-gold', 50, { mode: 'originator' })).tx_status).toBe('success');
    const fromContract = Pc.principal(contract).willSendLte(50).ft(contract, 'gold');
    expect((await call('pay-gold', 50, { conditions: [fromContract] })).tx_status).toBe('success');
    expect([await goldOf(h.alice.address), await goldOf(contract)]).toEqual(['u900', 'u0']);
  });
});

describe('a non-fungible token', () => {
  it('leaves when it was named by its value, and is shown so', async () => {
    const conditions = [badgeOfAlice(1, 'sent')];
    const mined = await call('send-badge', 1, { to: h.bob.address, conditions });
    expect(mined.tx_status).toBe('success');
    expect(mined.post_conditions).toMatchObject([
      {
        type: 'non_fungible',
        condition_code: 'sent',
        asset: { contract_name: 'token', asset_name: 'badge' },
        asset_value: { repr: '(tuple (id u1) (series "a"))' },
      },
    ]);
    expect(await ownerOf(1)).toBe(`(some '${h.bob.address})`);
  });

  it.each([
    ['another was named', 'deny', () => [badgeOfAlice(1, 'maybe-sent')]],
    ['it must not be sent', 'allow', () => [badgeOfAlice(2, 'not-sent')]],
    ['another must be sent, too', 'allow', () => [badgeOfAlice(2, 'sent'), badgeOfAlice(1, 'sent')]],
    ['none was named', 'originator', () => []],
  ] as const)('stays when %s (%s)', async (_what, mode, conditions) => {
    const mined = await call('send-badge', 2, { to: h.bob.address, mode, conditions: [...conditions()] });
    expect(mined).toMatchObject({ tx_status: 'abort_by_post_condition', events: [] });
    expect(mined.vm_error).toMatch(/^Post-condition check failure: /);
    expect(await ownerOf(2)).toBe(`(some '${h.alice.address})`);
  });

  it('may be burned when it may be sent', async () => {
    const origin = { ...badgeOfAlice(2, 'maybe-sent'), address: 'origin' };
    const mined = await call('burn-badge', 2, { conditions: [origin] });
    expect(mined).toMatchObject({
      tx_status: 'success',
      post_conditions: [{ condition_code: 'maybe_sent', principal: { type_id: 'principal_origin' } }],
    });
    expect(await ownerOf(2)).toBe('none');
  });
});
