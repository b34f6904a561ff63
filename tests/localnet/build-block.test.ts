import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimnetClient, startSimnet } from '../../localnet/src/chain/simnet-client.js';
import type { RunnableTransaction, TransactionAction } from '../../localnet/src/worker/protocol.js';
import { DEPLOYER } from './harness.js';

const BALANCE = 1_000_000n;
const FEE = 100n;
const CALL: TransactionAction = {
  kind: 'call',
  contractId: `${DEPLOYER}.good`,
  functionName: 'note',
  argumentHexes: [],
};

const failures: unknown[] = [];
let simnet: SimnetClient;
beforeAll(async () => {
  const accounts = [{ address: DEPLOYER, balanceUstx: BALANCE }];
  const input = { genesisTimeMs: 1_700_000_000_000, accounts, contracts: [], withoutRestore: false };
  simnet = await startSimnet(input, (error) => failures.push(error));
  await build([transactionOf('setup', deployOf('good'))]);
});
afterAll(() => simnet.stop());

const build = async (transactions: RunnableTransaction[], budgetMs = 10_000) => {
  const order = { bitcoin: false, transactions, budgetMs, budget: null, settled: [] };
  const reply = await simnet.ask('build-block', order);
  if (reply.kind !== 'built') throw new Error('this simnet can restore its memory');
  return reply;
};

function transactionOf(txid: string, action: TransactionAction, sender = DEPLOYER): RunnableTransaction {
  return { txid, action, sender, payer: sender, feeUstx: FEE, mode: 'deny', conditions: [] };
}

function deployOf(contractName: string): TransactionAction {
  const source =
    '(define-data-var count uint u0) (define-public (note) (ok (var-set count (+ (var-get count) u1)))) (define-read-only (look (n uint)) n)';
  return { kind: 'deploy', contractName, source, clarityVersion: 6 };
}

const count = () => simnet.ask('data-var', { contractId: `${DEPLOYER}.good`, variableName: 'count' });
const balance = async () => (await simnet.ask('account', { principal: DEPLOYER })).balanceUstx;

describe('build-block', () => {
  it('starts the chain at the time it was given', () => {
    expect(simnet.genesisTip).toEqual({ stacksHeight: 1, burnHeight: 1, timeSeconds: 1_700_000_000 });
    expect(simnet.restore).toMatchObject({ proven: true });
  });

  it('aborts a transaction in which simnet panics, and goes on', async () => {
    const before = await balance();
    // The mempool refuses such a name; past it, simnet's wasm panics and is poisoned.
    const built = await build([transactionOf('a', deployOf('0bad')), transactionOf('b', CALL)]);

    expect(built.tip.stacksHeight).toBe(3);
    expect(built.outcomes).toMatchObject([
      { txid: 'a', status: 'abort_by_response', resultHex: '0x0809', vmError: 'RuntimeError: unreachable' },
      { txid: 'b', status: 'success', resultHex: '0x0703' },
    ]);
    expect(await balance()).toBe(before - 2n * FEE);
    expect(await count()).toEqual({ ok: true, hex: '0x0100000000000000000000000000000001' });
    expect((await build([])).tip.stacksHeight).toBe(4);
    expect(failures).toEqual([]);
  });

  it('heals a read in which simnet panics', async () => {
    const before = await count();
    const bad = {
      contractId: `${DEPLOYER}.good`,
      functionName: 'look',
      argumentHexes: ['0xff'],
      sender: DEPLOYER,
      limited: true,
    };
    expect(await simnet.ask('call-read', bad)).toMatchObject({
      ok: false,
      cause: 'RuntimeError: unreachable',
    });
    expect(await count()).toEqual(before);
  });

  it('leaves the rest for later when its time is used up, but runs one at least', async () => {
    const before = await balance();
    const built = await build([transactionOf('c', CALL), transactionOf('d', CALL)], 0);
    expect(built.outcomes).toMatchObject([
      { kind: 'ran', txid: 'c' },
      { kind: 'left', txid: 'd', reason: 'full' },
    ]);
    expect(await balance()).toBe(before - FEE);
  });

  it('leaves a sender without funds, and all that follows of it', async () => {
    const poor = 'ST2CY5V39NHDPWSXMW9QDT3HC3GD6Q6XX4CFRK9AG';
    const built = await build([
      transactionOf('e', CALL, poor),
      transactionOf('f', CALL),
      transactionOf('g', CALL, poor),
    ]);
    expect(built.outcomes).toMatchObject([
      { kind: 'left', txid: 'e', reason: 'funds' },
      { kind: 'ran', txid: 'f' },
      { kind: 'left', txid: 'g', reason: 'funds' },
    ]);
  });
});
