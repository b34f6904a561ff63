import type { LocalnetEvent } from '@fac/localnet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiRequests } from './fuzz/api-requests.js';
import { changeOneField } from './fuzz/change-field.js';
import { hostileArguments, signChanged } from './fuzz/changed-transactions.js';
import { controlRequests, LEFT_OUT, mayReplaceWorker } from './fuzz/control-requests.js';
import { createDice } from './fuzz/dice.js';
import { makeFacts } from './fuzz/facts.js';
import { makeGarbage, makeLongBodies } from './fuzz/garbage.js';
import { nodeRequests } from './fuzz/node-requests.js';
import { makeRawRequest } from './fuzz/raw-requests.js';
import { encodeRequest, type FuzzRequest, type ValidRequest } from './fuzz/request.js';
import { listRoutes, routeOf } from './fuzz/route-list.js';
import { CONNECTIONS, createSender, type Sender } from './fuzz/send.js';
import { createTally } from './fuzz/tally.js';
import { COUNTER, type Harness, startFixture } from './harness.js';
import { readState } from './state-hash.js';

const SEED = Number(process.env.FAC_SEED ?? 2_026);
const GARBAGE = 2_300;
const RAW = 300;
const CHANGED = 2_100;
/** Of the changed ones, those that are signed anew or read with other arguments. */
const CHANGED_TRANSACTIONS = 450;
const CHANGED_ARGUMENTS = 100;
const RAW_ROW = '(no HTTP)';

const routes = listRoutes();
const dice = createDice(SEED);
const tally = createTally();
const events: LocalnetEvent[] = [];
let h: Harness;
let sender: Sender;
let valid: readonly ValidRequest[];
beforeAll(async () => {
  h = await startFixture({ onEvent: (event) => void events.push(event) });
  sender = createSender(h.node.port);
  const facts = await makeFacts(h);
  valid = [...nodeRequests(facts), ...apiRequests(h, facts), ...controlRequests(facts)];
});
afterAll(async () => {
  sender.stop();
  await h.node.stop();
});

const rowOf = (request: ValidRequest) => routeOf(routes, request)?.name ?? request.path;

/** Sends them in this order, as many at a time as there are connections. */
async function sendAll(requests: readonly FuzzRequest[]): Promise<void> {
  const waiting = requests.values();
  const work = async () => {
    for (const request of waiting) tally.note(request, await sender.send(request));
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

/** All that a client can read, and how the node is controlled. */
async function wholeState(): Promise<unknown> {
  return [await readState(h), await h.get('/localnet/state'), await h.get('/localnet/faults')];
}

describe(`bad input, FAC_SEED=${SEED}`, { timeout: 180_000 }, () => {
  it('has a valid request for every route', async () => {
    const covered = new Set(valid.map(rowOf));
    const missing = routes.filter(({ name }) => !covered.has(name) && !LEFT_OUT.includes(name));
    expect(missing.map(({ name }) => name)).toEqual([]);

    for (const request of valid) {
      const answer = await sender.send(encodeRequest(request, rowOf(request), 'valid'));
      expect([request.path, answer.status, answer.body]).toEqual([request.path, 200, expect.anything()]);
    }
  });

  it('changes nothing when it is garbage', async () => {
    await h.post('/localnet/pause', {});
    const before = await wholeState();

    const garbage = Array.from({ length: GARBAGE }, (_, index) => {
      const request = valid[index % valid.length] ?? dice.of(valid);
      return makeGarbage(request, rowOf(request), dice);
    });
    await sendAll(garbage);
    for (const request of makeLongBodies((path) => rowOf({ verb: 'POST', path })))
      tally.note(request, await sender.send(request));
    for (let sent = 0; sent < RAW; sent++) {
      const bytes = makeRawRequest(dice);
      tally.noteRaw(RAW_ROW, bytes, await sender.sendBytes(bytes));
    }

    expect(await wholeState()).toEqual(before);
    expect(tally.faults).toEqual([]);
  });

  it('is refused or served when one field of it was changed', async () => {
    await h.post('/localnet/resume', {});
    const changed: FuzzRequest[] = [];
    for (let made = 0; changed.length < CHANGED; made++) {
      const request = valid[made % valid.length] ?? dice.of(valid);
      const one = changeOneField(request, rowOf(request), dice);
      if (!mayReplaceWorker(one)) changed.push(one);
    }
    for (let made = 0; made < CHANGED_TRANSACTIONS; made++) {
      const tx = (await signChanged(h, dice)).serialize();
      const isSimulated = dice.chance(40);
      const request: ValidRequest = isSimulated
        ? {
            verb: 'POST',
            path: '/v3/transactions/simulate',
            headers: { authorization: '12345' },
            body: { json: { transaction_hex: tx } },
          }
        : { verb: 'POST', path: '/v2/transactions', body: { octets: Buffer.from(tx, 'hex') } };
      const at = dice.below(changed.length);
      changed.splice(at, 0, encodeRequest(request, rowOf(request), 'transaction'));
    }
    const values = hostileArguments(h.bob.address);
    for (let made = 0; made < CHANGED_ARGUMENTS; made++) {
      const name = dice.of(['get-entry', 'echo', 'deposit', 'increment', 'crash', 'fail-read', 'hidden']);
      const path = `/v2/contracts/call-read/${COUNTER.replace('.', '/')}/${name}`;
      const args = Array.from({ length: dice.below(5) }, () => dice.of(values));
      const body = { json: { sender: h.bob.address, arguments: args } };
      changed.push(encodeRequest({ verb: 'POST', path, body }, rowOf({ verb: 'POST', path }), 'arguments'));
    }
    await sendAll(changed);

    expect(tally.faults).toEqual([]);
  });

  it('leaves a node that mines', async () => {
    await h.post('/localnet/faults/clear', {});
    await h.post('/localnet/tip', { frozen: false });
    await h.post('/localnet/fees', { ustx_per_byte: 1 });
    await h.post('/localnet/pause', {});
    await h.node.mine({ stacksBlocks: 20 });
    const [deployer = h.alice] = h.node.accounts;
    expect(await h.run(await h.call(deployer, 'increment'))).toMatchObject({ tx_status: 'success' });
    expect(events.filter(({ event }) => event === 'healed' || event === 'failed')).toEqual([]);
    expect(tally.total).toBeGreaterThanOrEqual(5_000);
    // The table is what the test is for, besides the assertions.
    console.log(tally.table(routes.map(({ name }) => name)));
  });
});
