import { Cl, type ClarityValue, deserializeCV, serializeCV } from '@stacks/transactions';

/**
 * Asks the chain, with nothing of ours, whether the sample tasks ended as they should and where every microSTX is.
 * Usage: verify-chain.js <node URL> <deployer> [--disturbed]
 * `--disturbed`: keepers were killed on the way, so a task may have taken more attempts than it would in peace.
 */
const [nodeUrl = '', deployer = '', flag] = process.argv.slice(2);
const isDisturbed = flag === '--disturbed';

const GENESIS_USTX = 100_000_000_000_000n; // of each account in settings/Devnet.toml
const SQUARES_OF_12 = 650n; // 1 + 4 + 9 + … + 144
const STATUS = { succeeded: 5n, failed: 6n, cancelled: 7n } as const;
/** `steps` that its executors were paid for, if that is not one. */
const EXPECTED: Readonly<Record<string, readonly [status: bigint, attempts: bigint, steps?: bigint]>> = {
  low: [STATUS.succeeded, 1n],
  'normal-1': [STATUS.succeeded, 1n],
  'normal-2': [STATUS.succeeded, 1n],
  urgent: [STATUS.succeeded, 1n],
  'at-stacks-height': [STATUS.succeeded, 1n],
  'at-bitcoin-height': [STATUS.succeeded, 1n],
  'at-time': [STATUS.succeeded, 1n],
  'fails-twice': [STATUS.succeeded, 3n],
  'always-fails': [STATUS.failed, 2n],
  cancelled: [STATUS.cancelled, 0n],
  abandoned: [STATUS.succeeded, 2n],
  parent: [STATUS.succeeded, 1n],
  child: [STATUS.succeeded, 1n],
  'heartbeat-now': [STATUS.succeeded, 1n],
  'heartbeat-later': [STATUS.succeeded, 1n],
  'chained-job': [STATUS.succeeded, 1n, 3n],
  'vesting-payout': [STATUS.succeeded, 1n],
  'price-reached': [STATUS.succeeded, 1n],
};

const problems: string[] = [];
const expect = (isRight: boolean, problem: string): void => {
  if (!isRight) problems.push(problem);
};

const getJson = async (path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const request =
    body === undefined
      ? {}
      : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const response = await fetch(`${nodeUrl}${path}`, request);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>; // checked field by field below
};

/** Clarity values as plain ones: numbers, text, bytes in hex, records, null for none. */
type Plain = bigint | string | boolean | null | { readonly [key: string]: Plain } | readonly Plain[];

const plainOf = (value: ClarityValue): Plain => {
  switch (value.type) {
    case 'uint':
    case 'int':
      return BigInt(value.value);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'none':
      return null;
    case 'some':
    case 'ok':
    case 'err':
      return plainOf(value.value);
    case 'list':
      return value.value.map(plainOf);
    case 'tuple':
      return Object.fromEntries(Object.entries(value.value).map(([key, field]) => [key, plainOf(field)]));
    default:
      return value.value;
  }
};

const readVar = async (contract: string, name: string): Promise<Plain> => {
  const { data } = await getJson(`/v2/data_var/${deployer}/${contract}/${name}?proof=0`);
  return plainOf(deserializeCV(String(data)));
};

const readEntry = async (contract: string, map: string, key: ClarityValue): Promise<Plain> => {
  const { data } = await getJson(
    `/v2/map_entry/${deployer}/${contract}/${map}?proof=0`,
    `0x${serializeCV(key).replace(/^0x/, '')}`,
  );
  return plainOf(deserializeCV(String(data)));
};

const readRecord = async (contract: string, map: string, key: ClarityValue): Promise<Record<string, Plain>> =>
  ((await readEntry(contract, map, key)) ?? {}) as Record<string, Plain>; // these maps hold tuples

const number = (value: Plain | undefined): bigint => BigInt(String(value ?? 0n));

const readBalance = async (principal: string): Promise<bigint> => {
  const { balance } = await getJson(`/v2/accounts/${principal}?proof=0`);
  return BigInt(String(balance));
};

const SETTLE_MS = 30_000;

/** Waits until no transaction waits any more: a fee that is paid between two reads would look like money lost. */
const settle = async (): Promise<void> => {
  const deadline = performance.now() + SETTLE_MS;
  while (performance.now() < deadline) {
    if ((await getJson('/extended/v1/tx/mempool?limit=1')).total === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

interface Mined {
  readonly sender_address: string;
  readonly fee_rate: string;
}

const PAGE = 50;

const readTransactions = async (height: number): Promise<readonly Mined[]> => {
  const all: Mined[] = [];
  for (;;) {
    const page = await getJson(
      `/extended/v2/blocks/${height}/transactions?limit=${PAGE}&offset=${all.length}`,
    );
    all.push(...(page.results as readonly Mined[])); // as the API's schema of a transaction says
    if (all.length >= Number(page.total)) return all;
  }
};

/** The fees each account has paid, from every transaction of every block. */
const readFees = async (): Promise<ReadonlyMap<string, bigint>> => {
  const { results, total } = await getJson('/extended/v2/blocks?limit=1');
  const [newest] = results as readonly { readonly height: number }[]; // as the API's schema of a block says
  if (newest === undefined) throw new Error('the node shows no blocks');
  const fees = new Map<string, bigint>();
  for (let height = newest.height - Number(total) + 1; height <= newest.height; height += 1) {
    for (const { sender_address: sender, fee_rate: fee } of await readTransactions(height)) {
      fees.set(sender, (fees.get(sender) ?? 0n) + BigInt(fee));
    }
  }
  return fees;
};

const text = (hex: Plain): string => Buffer.from(String(hex).replace(/^0x/, ''), 'hex').toString();

await settle();
const lastId = number(await readVar('async-task-factory', 'last-id'));
const seen: string[] = [];
const owners = new Map<string, string>();
const paid = new Map<string, bigint>();
const earned = new Map<string, bigint>();
const add = (sums: Map<string, bigint>, who: string, ustx: bigint): void =>
  void sums.set(who, (sums.get(who) ?? 0n) + ustx);
let escrowUstx = 0n;
let heartbeats = 0n;
const results = new Map<string, string>();
for (let id = 1n; id <= lastId; id += 1n) {
  const task = await readRecord('async-task-factory', 'tasks', Cl.uint(id));
  const state = await readRecord('async-queue', 'states', Cl.uint(id));
  const label = text(task.tag ?? task.payload ?? '');
  const [status, attempts, steps = 1n] = EXPECTED[label] ?? [0n, 0n];
  const tries = number(state.attempts);
  const [escrow, price] = [number(state.escrow), number(state.price) * steps];
  const owner = String(state.owner);
  owners.set(label, owner);
  seen.push(label);
  expect(label in EXPECTED, `task ${id} "${label}" is none of the samples`);
  expect(state.status === status, `task ${id} "${label}" has status ${state.status}, not ${status}`);
  expect(
    isDisturbed ? tries >= attempts : tries === attempts,
    `task ${id} "${label}" took ${tries} attempts, not ${attempts}`,
  );
  if (tries > 0n) {
    const [retry, claimed] = [number(state.retry), number(state.claimed)];
    const at = state.clock === 0n ? number(state.at) : 0n;
    const due = at > retry ? at : retry;
    expect(claimed >= due, `task ${id} "${label}" was begun at ${claimed}, before its time ${due}`);
  }
  // Of what the owner paid in, the last price is the worker's, the escrow is in the vault, the rest was paid back.
  if (state.status === STATUS.succeeded) {
    add(paid, owner, -price);
    add(paid, String(state.worker), price);
    add(earned, String(state.worker), price);
    if (label.startsWith('heartbeat-')) heartbeats += 1n;
    results.set(label, String(state.result));
  }
  const isOpen = number(state.status) < STATUS.succeeded;
  expect(
    isOpen || escrow === 0n,
    `task ${id} "${label}" has ended and ${escrow} uSTX are still in escrow for it`,
  );
  add(paid, owner, -escrow);
  escrowUstx += escrow;
}
const missing = Object.keys(EXPECTED).filter((label) => seen.filter((other) => other === label).length !== 1);
expect(missing.length === 0, `not on chain exactly once: ${missing.join(', ')}`);

const counted = (await readVar('heartbeat-counter', 'heartbeat')) as Record<string, Plain>; // a tuple
expect(counted.runs === heartbeats, `the handler counted ${counted.runs} runs, not ${heartbeats}`);

// What the handlers answered, and the money of the grant: its owner's, then what has vested is the beneficiary's.
const grant = await readRecord('vesting-payout', 'grants', Cl.uint(1));
// Whoever made the task that pays it out has paid for it.
const granter = owners.get('vesting-payout') ?? '';
add(paid, granter, -number(grant.total));
add(paid, String(grant.beneficiary), number(grant.paid));
const held = number(grant.total) - number(grant.paid);
const potUstx = await readBalance(`${deployer}.vesting-payout`);
expect(potUstx === held, `vesting-payout holds ${potUstx} uSTX, not ${held}`);
for (const [label, result] of [
  ['chained-job', SQUARES_OF_12],
  ['vesting-payout', number(grant.total)],
  ['price-reached', number(await readVar('price-condition', 'price'))],
] as const) {
  const expected = serializeCV(Cl.uint(result)).replace(/^0x/, '');
  const came = results.get(label) ?? 'nothing';
  expect(came.replace(/^0x/, '') === expected, `task "${label}" answered ${came}, not ${expected}`);
}

const fees = await readFees();
const accounts = new Set([...paid.keys(), ...fees.keys()]);
let creditsUstx = 0n;
for (const who of accounts) {
  const credit = number(await readEntry('async-queue', 'credits', Cl.principal(who)));
  creditsUstx += credit;
  const owed = GENESIS_USTX - (fees.get(who) ?? 0n) + (paid.get(who) ?? 0n) - credit;
  const balance = await readBalance(who);
  expect(balance === owed, `${who} has ${balance} uSTX, not ${owed}`);
  const work = await readRecord('coordinator-registry', 'workers', Cl.principal(who));
  const [said, made] = [number(work.earned), earned.get(who) ?? 0n];
  expect(said === made, `the registry says ${who} earned ${said} uSTX, not ${made}`);
  expect(number(work.mask) === 0n, `${who} still holds leases`);
}

const [vaultUstx, dueUstx] = [await readBalance(`${deployer}.async-queue`), escrowUstx + creditsUstx];
expect(
  vaultUstx === dueUstx,
  `the vault holds ${vaultUstx} uSTX, not ${escrowUstx} of escrow and ${creditsUstx} of credits`,
);

console.log(
  problems.length === 0
    ? `All ${lastId} tasks ended as they should; every microSTX of ${accounts.size} accounts and the vault is accounted for.`
    : `Not as it should be:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
