import { describe, expect, it } from 'vitest';
import type { AbiType, Plain } from '../helpers/clarity.js';
import { CONTRACTS, type Contract } from '../helpers/contract-errors.js';
import {
  type AbiFunction,
  account,
  call,
  contractId,
  expectOk,
  functionsOf,
  type Outcome,
  read,
} from '../helpers/contracts.js';
import {
  config,
  createAndSchedule,
  createTaskType,
  createTemplate,
  dequeueAs,
  enqueue,
  fail,
  registerCoordinator,
  taskData,
} from '../helpers/tasks.js';

const HUGE = [2n ** 128n - 1n, 2n ** 127n, 2n ** 64n];
const ALL_ROLES = 63n;

// Arguments that reach deep into each function, by their names in the interfaces.
const USUAL: { readonly [argument: string]: Plain } = {
  config: config(),
  data: taskData(),
  queue: 0n,
  clock: 0n,
  priority: 5n,
  at: 1000n,
  name: 'default-capacity',
};

function usual(name: string, type: AbiType): Plain {
  const known = USUAL[name];
  if (known !== undefined && (typeof known !== 'object' || 'tuple' in (type as object))) return known;
  if (type === 'uint128') return 1n;
  if (type === 'bool') return false;
  if (type === 'principal') return account('deployer');
  if (type === 'trait_reference') return contractId('heartbeat-counter');
  if (typeof type === 'string') throw new Error(`no usual value for the type ${type}`);
  if ('buffer' in type) return '0x00';
  if ('string-ascii' in type) return 'a';
  if ('list' in type) return [];
  if ('response' in type) return { ok: usual('', type.response.ok) };
  if ('tuple' in type)
    return Object.fromEntries(type.tuple.map((field) => [field.name, usual(field.name, field.type)]));
  return null;
}

/** Every value of a type that is usual but for one huge number in it, or a list full of them. */
function hostile(type: AbiType, value: Plain): Plain[] {
  if (type === 'uint128') return HUGE;
  if (typeof type === 'string') return [];
  if ('optional' in type) return hostile(type.optional, usual('', type.optional));
  if ('response' in type) return hostile(type.response.ok, usual('', type.response.ok)).map((ok) => ({ ok }));
  if ('list' in type) {
    return hostile(type.list.type, usual('', type.list.type)).flatMap((item) => [
      [item],
      Array.from({ length: type.list.length }, () => item),
    ]);
  }
  if ('tuple' in type) {
    const record = value as { [key: string]: Plain };
    return type.tuple.flatMap((field) =>
      hostile(field.type, record[field.name] ?? null).map((item) => ({ ...record, [field.name]: item })),
    );
  }
  return [];
}

function hostileCalls({ args }: AbiFunction): Plain[][] {
  const plain = args.map(({ name, type }) => usual(name, type));
  const single = args.flatMap(({ type }, i) =>
    hostile(type, plain[i] as Plain).map((value) => plain.with(i, value)),
  );
  const all = HUGE.map((huge) =>
    args.map(({ type }, i) => (type === 'uint128' ? huge : (plain[i] as Plain))),
  );
  return single.length === 0 ? [] : [...single, ...all];
}

/**
 * One account with every permission, whose task 1 runs, task 2 waits in a lane, task 3 for its time, task 4 has failed,
 * task 5 is the occurrence of series 1, and whose topic it subscribes to itself.
 */
function busyScene(): string {
  const deployer = account('deployer');
  expectOk(registerCoordinator(deployer, ALL_ROLES));
  const template = createTemplate(createTaskType(deployer), {}, deployer);
  expectOk(enqueue(template, {}, deployer));
  expectOk(enqueue(template, {}, deployer));
  expectOk(createAndSchedule(template, {}, 0n, 500n, deployer));
  expectOk(dequeueAs(deployer));
  expectOk(enqueue(template, { priority: 15n }, deployer));
  expectOk(dequeueAs(deployer));
  expectOk(fail(4n, 1n, deployer, { retryable: false }));
  const series: Plain[] = [template, 0n, 500n, 50n, 3n, 10n, 0n, false, '0x00'];
  expectOk(call('scheduler', 'create-series', series, deployer));
  expectOk(call('topics', 'create-topic', ['a'], deployer));
  expectOk(call('topics', 'subscribe', ['a', template, 10n, 3n], deployer));
  return deployer;
}

/** The calls of a contract that ended in anything but a value or an error of ours. */
function strayCalls(contract: Contract, access: AbiFunction['access'], by: string): string[] {
  const stray: string[] = [];
  for (const fn of inOrder(functionsOf(contract).filter((candidate) => candidate.access === access))) {
    for (const args of hostileCalls(fn)) {
      try {
        if (access === 'read_only') read(contract, fn.name, ...args);
        else expectOurs(call(contract, fn.name, args, by));
      } catch (error) {
        stray.push(`${fn.name}(${JSON.stringify(args, asText)}): ${String(error).slice(0, 300)}`);
      }
    }
  }
  return stray;
}

// A call of fail-task succeeds with a huge code, and the task it ends would be of no use to the others.
function inOrder(functions: readonly AbiFunction[]): AbiFunction[] {
  return [...functions].sort((a, b) => Number(a.name === 'fail-task') - Number(b.name === 'fail-task'));
}

function expectOurs({ result }: Outcome): void {
  if ('err' in result) expect(result.err).toMatch(/^\w+\.ERR_/);
}

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? `u${value}` : value);

describe.each(Object.keys(CONTRACTS) as Contract[])('a huge number in a call of the %s', (contract) => {
  it('gives a value or an error of ours from each public function', () => {
    expect(strayCalls(contract, 'public', busyScene())).toEqual([]);
  });

  it('gives a value from each read-only function', () => {
    expect(strayCalls(contract, 'read_only', busyScene())).toEqual([]);
  });
});
