import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import type { Plain } from './chain/decode.js';
import { readBalances, readRecord, uint } from './chain/read.js';
import { createLine, lineRecord } from './model/line.js';
import type { Model } from './model/model.js';
import { liabilitiesUstx } from './model/model.js';
import type { State } from './model/records.js';
import { workerOf, workerRecord } from './model/registry.js';

export interface Money {
  readonly vault: string;
  /** The states as last read from the chain. */
  readonly seen: Map<bigint, State>;
}

const EMPTY_LINE = lineRecord(createLine());

/** The money, and the records of the tasks, workers and lines that the last call named or changed. */
export function checkTouched(model: Model, money: Money, named: readonly bigint[]): void {
  for (const id of new Set([...named, ...model.effects.tasks])) checkTask(model, money, id);
  for (const worker of model.effects.workers) checkWorker(model, worker);
  for (const key of model.effects.lines) checkLine(model, key);
  checkMoney(model, money);
}

export function checkTask(model: Model, money: Money, id: bigint): void {
  const state = readRecord('state', uint(id));
  agree(`state of task ${id}`, state, model.states.get(id) ?? null);
  agree(`task ${id}`, readRecord('task', uint(id)), model.tasks.get(id) ?? null);
  if (state !== null) money.seen.set(id, state as unknown as State);
}

/** No gifts are made here, so the vault holds the rewards of unfinished tasks, to the microSTX. */
export function checkMoney(model: Model, money: Money): void {
  const balances = readBalances();
  const vault = balances.get(money.vault) ?? 0n;
  agree('the vault, in uSTX', vault, model.vaultUstx);
  agree('liabilities by the chain, in uSTX', liabilitiesUstx(money.seen.values()), vault);
  agree('liabilities by the model, in uSTX', liabilitiesUstx(model.states.values()), vault);
  for (const [who, balance] of model.balances)
    agree(`the balance of ${who}`, balances.get(who) ?? 0n, balance);
}

export function checkWorker(model: Model, worker: string): void {
  const record = workerOf(model, worker);
  const stored = readRecord('worker', Cl.principal(worker));
  agree(`worker ${worker}`, stored ?? workerRecord(workerOf(model, '')), workerRecord(record));
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
