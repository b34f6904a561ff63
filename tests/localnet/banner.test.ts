import { describe, expect, it } from 'vitest';
import { makeBanner } from '../../localnet/src/cli/banner.js';
import { wrapWords } from '../../localnet/src/cli/wrap-words.js';
import { readProject } from '../../localnet/src/project/read-project.js';
import { FIXTURE } from './harness.js';

type Ready = Parameters<typeof makeBanner>[0];

const OF_FAC = new URL('../../Clarinet.toml', import.meta.url).pathname;

async function makeReady(manifest: string, changes: Partial<Ready> = {}): Promise<Ready> {
  const { accounts, transactions, hasDefaultAccounts } = await readProject({ manifest, deploy: true });
  return {
    event: 'ready',
    url: 'http://127.0.0.1:20443',
    port: 20_443,
    websocketUrl: 'ws://127.0.0.1:20443/extended/v1/ws',
    pid: 4_000_000,
    accounts: accounts.map((account) => ({ ...account, balanceUstx: String(account.balanceUstx) })),
    hasDefaultAccounts,
    contracts: transactions.flatMap((planned) =>
      planned.kind === 'publish' ? [`${planned.sender}.${planned.contractName}`] : [],
    ),
    stateFile: null,
    faults: false,
    paused: false,
    blockTimeMs: 1_000,
    burnEvery: 10,
    timeFactor: 60,
    stacksHeight: 2,
    burnHeight: 1,
    restore: true,
    startMs: 2_500,
    ...changes,
  };
}

describe('makeBanner', () => {
  it.each([
    ['of this repository', OF_FAC, {}],
    ['with everything switched on', OF_FAC, { paused: true, faults: true, stateFile: '/tmp/chain.journal' }],
    ['with the usual accounts', OF_FAC, { hasDefaultAccounts: true }],
    ['of one contract', FIXTURE, {}],
  ])('fits a window of 24 lines of 100 columns: the project %s', async (_, manifest, changes) => {
    const lines = makeBanner(await makeReady(manifest, changes)).split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });

  it('names every contract, the URLs and the pace, and gives addresses with keys', async () => {
    const ready = await makeReady(OF_FAC);
    const text = makeBanner(ready);
    for (const contractId of ready.contracts) expect(text).toContain(contractId.split('.')[1]);
    expect(text).toContain('http://127.0.0.1:20443/v2/info');
    expect(text).toContain('ws://127.0.0.1:20443/extended/v1/ws');
    expect(text).toContain(
      'a block every 1000 ms, one in 10 a Bitcoin block; runs 60 times as fast as yours',
    );
    for (const { address, privateKey } of ready.accounts.slice(0, 3)) {
      expect(text).toContain(address);
      expect(text).toContain(privateKey);
    }
    expect(text).toMatch(/and \d more, .*faucet: --json shows them all$/);
  });

  it('shows every account where there is room', async () => {
    const ready = await makeReady(FIXTURE);
    for (const { privateKey } of ready.accounts) expect(makeBanner(ready)).toContain(privateKey);
  });

  it('takes the room a larger window has', async () => {
    const ready = await makeReady(OF_FAC);
    const [wide, tall] = [
      makeBanner(ready, { columns: 124, lines: 24 }).split('\n'),
      makeBanner(ready, { columns: 100, lines: 31 }).split('\n'),
    ];
    for (const { address, privateKey } of ready.accounts) {
      expect(wide.filter((line) => line.includes(address) && line.endsWith(privateKey))).toHaveLength(1);
      expect(tall.join('\n')).toContain(privateKey);
    }
    expect([wide.length <= 24, tall.length <= 31]).toEqual([true, true]);
  });

  it('shows some accounts however many contracts there are, and sums up the rest', async () => {
    const [account] = (await makeReady(FIXTURE)).accounts;
    if (account === undefined) throw new Error('the fixture has accounts');
    const accounts = Array.from({ length: 1_000 }, (_, at) => ({ ...account, name: `wallet_${at}` }));
    const contracts = Array.from({ length: 300 }, (_, at) => `${account.address}.contract-${at}`);
    const lines = makeBanner(await makeReady(FIXTURE, { accounts, contracts })).split('\n');
    expect(lines.filter((line) => line.includes(account.privateKey))).toHaveLength(3);
    expect(lines.at(-1)).toBe('    and 997 more, wallet_3 to wallet_999: --json shows them all');
  });

  it('says what else is different from usual', async () => {
    const text = makeBanner(
      await makeReady(FIXTURE, {
        blockTimeMs: 0,
        timeFactor: null,
        contracts: [],
        paused: true,
        stateFile: 'x.log',
      }),
    );
    expect(text).toContain('stands still until told to go on; then a block for each transaction, at once');
    expect(text).toMatch(/contracts +none/);
    expect(text).toMatch(/state +x\.log/);
  });
});

describe('wrapWords', () => {
  it.each([
    [['a', 'b', 'c'], 3, ['a b', 'c']],
    [['long-word', 'a'], 3, ['long-word', 'a']],
    [[], 3, []],
  ])('puts %j on lines of %i', (words, width, lines) => {
    expect(wrapWords(words, width)).toEqual(lines);
  });
});
