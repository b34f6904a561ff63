import { describe, expect, it } from 'vitest';
import { type Form, functionsIn, listsIn, parseSource } from '../helpers/clarity-source.js';
import { CONTRACTS, type Contract, ERRORS, sourceOf } from '../helpers/contract-errors.js';

const RANGES: {
  readonly [contract in Exclude<Contract, 'overview'>]: readonly [first: bigint, last: bigint];
} = {
  registry: [1000n, 1099n],
  factory: [1100n, 1199n],
  queue: [1200n, 1229n],
  control: [1230n, 1249n],
  index: [1250n, 1269n],
  graph: [1270n, 1299n],
  scheduler: [1300n, 1349n],
  topics: [1350n, 1399n],
};

// A contract may call those before it; those that stand side by side do not call each other.
const ORDER_OF_CALLS: readonly (readonly Contract[])[] = [
  ['registry'],
  ['factory'],
  ['index'],
  ['graph'],
  ['queue'],
  ['control', 'overview'],
  ['scheduler', 'topics'],
];

// The one function run for each item of a list that may call: it executes the handler of a task.
const DISPATCH = 'execute-one';
const HANDLER = 'handler';

const AT_DEPLOYMENT = ['define-data-var owner principal tx-sender', 'define-constant SINK tx-sender'];

const contracts = Object.keys(CONTRACTS) as Contract[];
const withErrors = Object.keys(RANGES) as (keyof typeof RANGES)[];

/** The functions that a map, filter or fold runs for each item, with all they call inside their contract. */
function stepsIn(forms: readonly Form[]): Set<string> {
  const functions = functionsIn(forms);
  const steps = new Set<string>();
  const visit = (name: string) => {
    const body = functions.get(name);
    if (body === undefined || steps.has(name)) return;
    steps.add(name);
    for (const { list } of listsIn(body)) visit(String(list[0]));
  };
  for (const { list } of forms.flatMap((form) => listsIn(form))) {
    if (/^(map|filter|fold)$/.test(String(list[0])) && list[1] !== DISPATCH) visit(String(list[1]));
  }
  return steps;
}

const callsOf = (form: Form) => listsIn(form).filter(({ list }) => list[0] === 'contract-call?');

describe('the errors of the contracts', () => {
  it('have numbers of their own in the whole project', () => {
    const codes = ERRORS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(withErrors)('have a number in the range of the %s and a comment', (contract) => {
    const [first, last] = RANGES[contract];
    const wrong = ERRORS.filter((error) => error.contract === contract).filter(
      ({ code, comment }) => code < first || code > last || comment === undefined,
    );
    expect(wrong).toEqual([]);
  });

  it.each(withErrors)('are all constants of the %s that it uses', (contract) => {
    const source = sourceOf(contract);
    const known = ERRORS.filter((error) => error.contract === contract).map(
      ({ name }) => name.split('.')[1] ?? '',
    );
    expect(source.match(/define-constant ERR_/g)).toHaveLength(known.length);
    expect(source.match(/\(err u/g)).toHaveLength(known.length);
    expect(known.filter((name) => source.match(new RegExp(`\\b${name}\\b`, 'g'))?.length === 1)).toEqual([]);
  });
});

describe.each(contracts)('the source of the %s', (contract) => {
  const source = sourceOf(contract);
  const forms = parseSource(source);

  it('is at most 450 lines and less than 40 KB', () => {
    expect(source.split('\n').length - 1).toBeLessThanOrEqual(450);
    expect(Buffer.byteLength(source)).toBeLessThan(40_000);
  });

  it('begins with its title, synopsis, dependencies, callers, events and limits', () => {
    const head = source.split('\n\n')[0]?.match(/^;; ([a-z ]+):/gm);
    const keys = ['title', 'synopsis', 'depends on', 'who may call', 'prints', 'limits'];
    expect(head?.slice(0, keys.length)).toEqual(keys.map((key) => `;; ${key}:`));
    expect(source).toMatch(new RegExp(`^;; title: ${CONTRACTS[contract]}\n`));
  });

  it('never panics on its own account', () => {
    expect(source).not.toMatch(/unwrap-panic|unwrap-err-panic/);
  });

  it('asks for tx-sender only inside as-contract? and for who deployed it', () => {
    const elsewhere = forms
      .flatMap((form) => listsIn(form))
      .filter(({ list }) => list.includes('tx-sender'))
      .filter(
        ({ list, around }) => !around.includes('as-contract?') && !AT_DEPLOYMENT.includes(list.join(' ')),
      );
    expect(elsewhere).toEqual([]);
  });

  it('calls no contract for each item of a list', () => {
    const functions = functionsIn(forms);
    const callers = [...stepsIn(forms)].filter((name) => callsOf(functions.get(name) ?? []).length > 0);
    expect(callers).toEqual([]);
  });

  it('calls only the contracts before it', () => {
    const place = ORDER_OF_CALLS.findIndex((side) => side.includes(contract));
    const allowed = ORDER_OF_CALLS.slice(0, place)
      .flat()
      .map((name) => `.${CONTRACTS[name]}`);
    if (contract === 'scheduler') allowed.push(HANDLER);
    const targets = forms.flatMap(callsOf).map(({ list }) => String(list[1]));
    expect(targets.filter((target) => !allowed.includes(target))).toEqual([]);
  });
});
