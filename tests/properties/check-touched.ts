import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import type { Plain } from './chain/decode.js';
import { readBalances, readRecord, uint } from './chain/read.js';
import { checkSeries, checkTopic } from './check-recurring.js';
import { createLine, lineRecord } from './model/line.js';
import type { Model } from './model/model.js';
import { bondsUstx, liabilitiesUstx } from './model/money.js';
import type { State } from './model/records.js';
import { workerOf, workerRecord } from './model/slots.js';

export interface Money {
  readonly vault: string;
  readonly registry: string;
  /** The states as last read from the chain. */
  readonly seen: Map<bigint, State>;
}

const EMPTY_LINE = lineRecord(createLine());

/** The money, and the records of the tasks, workers and lines that the last call named or changed. */
export function checkTouched(model: Model, money: Money, named: readonly bigint[]): void {
  for (const id of new Set([...named, ...model.effects.tasks])) checkTask(model, money, id);
  for (const worker of model.effects.workers) checkWorker(model, worker);
  for (const key of model.effects.lines) checkLine(model, key);
  for (const n of model.effects.series) checkSeries(model, n);
  for (const name of model.effects.topics) checkTopic(model, name);
  checkMoney(model, money);
}

export function checkTask(model: Model, money: Money, id: bigint): void {
  const state = readRecord('state', uint(id));
  agree(`state of task ${id}`, state, model.states.get(id) ?? null);
  agree(`task ${id}`, readRecord('task', uint(id)), model.tasks.get(id) ?? null);
  if (state !== null) money.seen.set(id, state as unknown as State);
}

/**
 * No gifts are made here, so to the microSTX the vault holds the escrow of tasks, what is prepaid and what is credited,
 * and the registry holds the bonds and what they have lost.
 */
export function checkMoney(model: Model, money: Money): void {
  const balances = readBalances();
  const vault = balances.get(money.vault) ?? 0n;
  agree('the vault, in uSTX', vault, model.vaultUstx);
  agree('liabilities by the chain, in uSTX', liabilitiesUstx(model, money.seen.values()), vault);
  agree('liabilities by the model, in uSTX', liabilitiesUstx(model, model.states.values()), vault);
  const registry = balances.get(money.registry) ?? 0n;
  agree('the registry, in uSTX', registry, model.registryUstx);
  agree('bonds and the sink, in uSTX', bondsUstx(model), registry);
  for (const [who, balance] of model.balances)
    agree(`the balance of ${who}`, balances.get(who) ?? 0n, balance);
}

export function checkWorker(model: Model, worker: string): void {
  const record = workerOf(model, worker);
  const stored = readRecord('worker', Cl.principal(worker));
  agree(`worker ${worker}`, stored ?? workerRecord(workerOf(model, '')), workerRecord(record));
  agree(`bond of ${worker}`, readRecord('bond', Cl.principal(worker)), model.bonds.get(worker) ?? null);
  for (const [slot, id] of record.slots.entries()) {
    if (id === null) continue;
    const key = Cl.tuple({ worker: Cl.principal(worker), slot: Cl.uint(slot) });
    agree(`lease slot ${slot} of ${worker}`, readRecord('leaseSlot', key), id);
  }
}

export function checkLine(model: Model, key: bigint): void {
  const line = model.lines.get(key) ?? createLine();
  agree(`list ${key}`, readRecord('list', uint(key)) ?? (EMPTY_LINE as Plain), lineRecord(line));
}
