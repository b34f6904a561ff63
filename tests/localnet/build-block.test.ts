import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SimnetClient, startSimnet } from '../../localnet/src/chain/simnet-client.js';
import { TENURE_LIMIT } from '../../localnet/src/worker/execution-cost.js';
import type {
  CostBudget,
  RunnableTransaction,
  TransactionAction,
} from '../../localnet/src/worker/protocol.js';
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

const build = async (
  transactions: RunnableTransaction[],
  budgetMs = 10_000,
  budget: CostBudget | null = null,
) => {
  const order = { bitcoin: false, transactions, budgetMs, budget, settled: [] };
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
      access: 'read_only' as const,
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

  it('measures what a call costs: the load of the contract, its reads and its writes', async () => {
    const { outcomes } = await build([transactionOf('h', CALL), transactionOf('i', CALL)]);
    const cost = { readCount: 5, readLength: 154, writeCount: 1, writeLength: 18 };
    expect(outcomes).toMatchObject([{ cost }, { cost }]);
  });

  it('leaves what the tenure cannot pay for any more, undone', async () => {
    const [ran] = (await build([transactionOf('j', CALL)])).outcomes;
    if (ran?.kind !== 'ran') throw new Error('it ran');
    const before = [await balance(), await count()];
    const budget = { remaining: { ...TENURE_LIMIT, writeCount: 1 }, limit: TENURE_LIMIT };
    const built = await build([transactionOf('k', CALL), transactionOf('l', CALL)], 10_000, budget);
    expect(built.outcomes).toMatchObject([
      { kind: 'ran', txid: 'k' },
      { kind: 'left', txid: 'l', reason: 'budget' },
    ]);
    expect(await balance()).toBe((before[0] as bigint) - FEE);
    expect(await count()).not.toEqual(before[1]);
  });

  it('drops what a whole tenure could not pay for, undone', async () => {
    const before = [await balance(), await count()];
    const limit = { ...TENURE_LIMIT, readCount: 3 };
    const built = await build([transactionOf('m', CALL)], 10_000, { remaining: limit, limit });
    expect(built.outcomes).toEqual([{ kind: 'dropped', txid: 'm', reason: 'TooExpensive' }]);
    expect([await balance(), await count()]).toEqual(before);
  });

  it('charges only the fee of a transaction whose end is known', async () => {
    const before = [await balance(), await count()];
    const known = (await build([transactionOf('n', CALL)])).outcomes[0];
    if (known?.kind !== 'ran') throw new Error('it ran');
    const settled = [{ ...known, txid: 'o', status: 'abort_by_response' as const }];
    const reply = await simnet.ask('build-block', {
      ...{ bitcoin: false, transactions: [transactionOf('o', CALL)], budgetMs: 1_000, budget: null, settled },
    });
    expect(reply).toMatchObject({ kind: 'built', outcomes: settled });
    expect(await balance()).toBe((before[0] as bigint) - 2n * FEE);
  });
});

describe('simulate', () => {
  it('tells what would come of a transaction and leaves no trace', async () => {
    const before = [await balance(), await count(), (await build([])).tip.stacksHeight];
    const outcome = await simnet.ask('simulate', { transaction: transactionOf('p', CALL) });
    expect(outcome).toMatchObject({ txid: 'p', status: 'success', resultHex: '0x0703' });
    expect([await balance(), await count()]).toEqual(before.slice(0, 2));
    expect((await build([])).tip.stacksHeight).toBe((before[2] as number) + 1);
  });
});

describe('a copy', () => {
  it('brings back the state it was kept at, and is gone when dropped', async () => {
    const before = [await balance(), await count()];
    expect(await simnet.ask('keep-copy', { id: 'x' })).toBe(true);
    await build([transactionOf('q', CALL)]);
    expect(await simnet.ask('restore-copy', { id: 'x' })).toBe(true);
    expect([await balance(), await count()]).toEqual(before);
    await simnet.ask('drop-copy', { id: 'x' });
    expect(await simnet.ask('restore-copy', { id: 'x' })).toBe(false);
  });
});
