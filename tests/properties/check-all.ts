import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import { readRecord, readVariable, uint } from './chain/read.js';
import { checkIndex } from './check-index.js';
import { checkAllRecurring } from './check-recurring.js';
import { checkRecurringStanding } from './check-recurring-standing.js';
import { checkStanding } from './check-standing.js';
import type { Money } from './check-touched.js';
import { checkMoney, checkTask, checkWorker } from './check-touched.js';
import { checkViews } from './check-views.js';
import { templateRecord } from './model/factory.js';
import type { Model } from './model/model.js';

/** Every record of every contract, and the views that keepers read. */
export function checkAll(model: Model, money: Money): void {
  for (let id = 1n; id <= BigInt(model.tasks.size) + 1n; id++) checkTask(model, money, id);
  checkMoney(model, money);
  checkAccounts(model);
  checkAllRecurring(model);
  checkRegistry(model);
  checkFactory(model);
  checkFamilies(model);
  checkIndex(model);
  checkStanding(model);
  checkRecurringStanding(model);
  checkViews(model);
}

function checkAccounts(model: Model): void {
  for (const [id, input] of model.inputs)
    agree(`the input of task ${id}`, readRecord('input', uint(id)), input);
  for (const [series, amount] of model.prepaid)
    agree(`prepaid for series ${series}`, readRecord('prepaid', uint(series)) ?? 0n, amount);
  for (const who of model.balances.keys())
    agree(`credits of ${who}`, readRecord('credits', Cl.principal(who)), model.credits.get(who) ?? null);
  agree('sink credit', readVariable('coordinator-registry', 'sink-credit'), model.sinkCredit);
}

function checkRegistry(model: Model): void {
  agree('pauses', readVariable('coordinator-registry', 'pauses'), model.pauses);
  for (const [name, value] of model.params) {
    const { value: stored } = readRecord('param', Cl.stringAscii(name)) as { readonly value: bigint };
    agree(`parameter ${name}`, stored, value);
  }
  let index = 0;
  for (const [who, record] of model.coordinators) {
    agree(`coordinator ${who}`, readRecord('coordinator', Cl.principal(who)), record);
    agree(`coordinator at ${index}`, readRecord('coordinatorAt', uint(index)), who);
    index += 1;
  }
  agree('coordinators', readVariable('coordinator-registry', 'coordinator-count'), BigInt(index));
  for (const who of new Set([...model.workers.keys(), ...model.bonds.keys()])) checkWorker(model, who);
}

function checkFactory(model: Model): void {
  for (const [i, taskType] of model.types.entries())
    agree(`task type ${i + 1}`, readRecord('taskType', uint(i + 1)), taskType);
  for (let i = 0; i <= model.queues.length; i++)
    agree(`queue ${i}`, readRecord('queue', uint(i)), model.queues[i] ?? null);
  for (const [i, template] of model.templates.entries()) {
    agree(`template ${i + 1}`, readRecord('template', uint(i + 1)), templateRecord(model, template));
    for (const [v, config] of template.configs.entries()) {
      const key = Cl.tuple({ template: Cl.uint(i + 1), version: Cl.uint(v + 1) });
      agree(`version ${v + 1} of template ${i + 1}`, readRecord('config', key), config);
    }
  }
  for (const [name, id] of model.keys) {
    const [owner = '', key = ''] = name.split(' ');
    const entry = Cl.tuple({ owner: Cl.principal(owner), key: Cl.bufferFromHex(key) });
    agree(`key ${key} of ${owner}`, readRecord('key', entry), id);
  }
}

function checkFamilies(model: Model): void {
  for (const parent of model.tasks.keys()) {
    const children = model.families.get(parent);
    const family = children ? { first: children[0], last: children.at(-1) } : null;
    agree(`the family of ${parent}`, readRecord('family', uint(parent)), family);
    for (const [i, child] of children?.entries() ?? [])
      if (i > 0)
        agree(
          `the child after ${children?.[i - 1]}`,
          readRecord('sibling', uint(children?.[i - 1] ?? 0n)),
          child,
        );
  }
  agree('the first loose child', readVariable('task-graph', 'loose'), model.loose[0] ?? 0n);
  for (const [i, child] of model.loose.entries())
    agree(
      `the loose child after ${child}`,
      readRecord('sibling', uint(child)) ?? 0n,
      model.loose[i + 1] ?? 0n,
    );
}
