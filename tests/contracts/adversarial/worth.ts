import { Cl, type ClarityValue } from '@stacks/transactions';
import { decode } from '../../helpers/clarity.js';
import type { Contract } from '../../helpers/contract-errors.js';
import { account, contractId, type Fields } from '../../helpers/contracts.js';

/** uSTX by principal, and other assets by principal and name. */
export type Worths = ReadonlyMap<string, bigint>;

/**
 * What everybody is worth: what one holds, and in uSTX also the escrows of one's tasks, what is prepaid for one's runs,
 * credits, bond and sink credit. Our two contracts that hold money are worth what they hold beyond what they owe.
 */
export function worths(): Worths {
  const worth = assets();
  const owe = (debtor: string, creditor: string, amount: bigint) => {
    add(worth, creditor, amount);
    add(worth, debtor, -amount);
  };
  const [vault, registry] = [contractId('queue'), contractId('registry')];
  for (const { owner, amount } of [...escrows(), ...prepaidRuns()]) owe(vault, owner, amount);
  for (const who of [...worth.keys()].filter((name) => !name.includes(' '))) {
    owe(vault, who, (entryOf('queue', 'credits', Cl.principal(who)) ?? 0n) as bigint);
    const bond = entryOf('registry', 'bonds', Cl.principal(who)) as Fields | null;
    owe(registry, who, (bond?.amount ?? 0n) as bigint);
  }
  owe(registry, account('deployer'), variableOf('registry', 'sink-credit'));
  return worth;
}

/** Who is worth more or less than before, and by how much. */
export function changesSince(before: Worths): { [name: string]: bigint } {
  const after = worths();
  return Object.fromEntries(
    [...new Set([...before.keys(), ...after.keys()])]
      .map((name) => [name, (after.get(name) ?? 0n) - (before.get(name) ?? 0n)] as const)
      .filter(([, change]) => change !== 0n),
  );
}

/** Every asset that simnet knows of, by who has it: STX under the principal, tokens under that and their name. */
function assets(): Map<string, bigint> {
  const found = new Map<string, bigint>();
  for (const [asset, holders] of simnet.getAssetsMap()) {
    for (const [who, amount] of holders) found.set(asset === 'STX' ? who : `${who} ${asset}`, amount);
  }
  return found;
}

interface Claim {
  readonly owner: string;
  readonly amount: bigint;
}

function escrows(): Claim[] {
  return upTo(variableOf('factory', 'last-id')).map((id) => {
    const { owner, escrow } = entryOf('queue', 'states', Cl.uint(id)) as Fields;
    return { owner: owner as string, amount: escrow as bigint };
  });
}

function prepaidRuns(): Claim[] {
  const series = upTo(variableOf('scheduler', 'series-count')).map((n) => {
    const { owner } = entryOf('scheduler', 'series', Cl.uint(n)) as Fields;
    return { owner, account: n };
  });
  return [...series, ...subscriptions()].map(({ owner, account }) => ({
    owner: owner as string,
    amount: (entryOf('queue', 'prepaid', Cl.uint(account as bigint)) ?? 0n) as bigint,
  }));
}

function subscriptions(): Fields[] {
  const topics = upTo(variableOf('topics', 'topic-count')).map(
    (i) => entryOf('topics', 'topic-at', Cl.uint(i - 1n)) as string,
  );
  return topics.flatMap((topic) => {
    const { subs } = entryOf('topics', 'topics', Cl.stringAscii(topic)) as Fields;
    return upTo(subs as bigint)
      .map((i) => Cl.tuple({ topic: Cl.stringAscii(topic), index: Cl.uint(i - 1n) }))
      .map((place) => entryOf('topics', 'subscriptions', place) as Fields | null)
      .filter((record) => record !== null);
  });
}

const upTo = (last: bigint) => Array.from({ length: Number(last) }, (_, i) => BigInt(i) + 1n);

function add(worth: Map<string, bigint>, name: string, amount: bigint): void {
  worth.set(name, (worth.get(name) ?? 0n) + amount);
}

function variableOf(contract: Contract, name: string): bigint {
  return decode(simnet.getDataVar(contractId(contract), name)) as bigint;
}

const maps = new Map<string, readonly { readonly name: string }[]>();

/** What a map holds under a key, or null. A read-only function of ours would take a hundred times as long. */
function entryOf(contract: Contract, map: string, key: ClarityValue) {
  if (maps.size === 0) for (const [id, abi] of simnet.getContractsInterfaces()) maps.set(id, abi.maps);
  const id = contractId(contract);
  // Simnet answers for a map that there is not as it does for a key that there is not.
  if (!maps.get(id)?.some(({ name }) => name === map)) throw new Error(`${contract} has no map ${map}`);
  try {
    return decode(simnet.getMapEntry(id, map, key));
  } catch (error) {
    if (error !== 'value not found') throw error;
    return null;
  }
}
