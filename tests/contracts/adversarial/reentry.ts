import { Cl } from '@stacks/transactions';
import { type AbiType, encode } from '../../helpers/clarity.js';
import { type Form, functionsIn, listsIn, parseSource } from '../../helpers/clarity-source.js';
import { CONTRACTS, type Contract, sourceOf } from '../../helpers/contract-errors.js';
import { type AbiFunction, functionsOf } from '../../helpers/contracts.js';
import { clarityType } from '../../helpers/proxy.js';
import { config, taskData } from '../../helpers/tasks.js';
import { pinned } from '../scheduler/handlers.js';

// Numbers and texts by the name of the argument, in a handler that runs task `id`; others are u1 and "a".
const NUMBERS: { readonly [argument: string]: string } = {
  activities: 'u255',
  at: '(+ stacks-block-height u9)',
  blocks: 'u20',
  clock: 'u0',
  every: 'u10',
  'guard-every': 'u0',
  height: 'stacks-block-height',
  id: 'id',
  index: 'u0',
  kind: 'u0',
  policy: 'u0',
  priority: 'u9',
  queue: 'u0',
  reward: 'u1000',
  role: 'u31',
  template: 'u2', // of the arena
  verdict: 'u10',
};
const TEXTS: { readonly [argument: string]: string } = { name: '"open-enqueue"', topic: '"prices"' };
const OF_THE_EXECUTOR = ['coordinator', 'executor', 'payer'];

/** The public functions of a contract of ours, every one of them. */
export function publicFunctions(contract: Contract): readonly AbiFunction[] {
  return functionsOf(contract).filter(({ access }) => access === 'public');
}

/** Whether only another contract of ours may call it, whatever permissions the caller has. */
export function isSystemOnly(contract: Contract, { name }: AbiFunction): boolean {
  const form = functionsIn(parseSource(sourceOf(contract))).get(name) as Form;
  const words = listsIn(form).flatMap(({ list }) => list.map(String));
  return words.some((word) => /^(ERR_\w+_ONLY|assert-system|assert-scheduler)$/.test(word));
}

/** A call of a public function aimed at the task that runs, as it stands in the source of its handler. */
export function callText(contract: Contract, { name, args }: AbiFunction, innocent: string): string {
  const values = args.map((arg) => argument(arg.name, arg.type, innocent));
  return `(contract-call? .${CONTRACTS[contract]} ${[name, ...values].join(' ')})`;
}

function argument(name: string, type: AbiType, innocent: string): string {
  const inner = (of: AbiType, as = '') => argument(as, of, innocent);
  if (type === 'uint128') return NUMBERS[name] ?? 'u1';
  if (type === 'bool') return String(name === 'overlap');
  if (type === 'principal') return OF_THE_EXECUTOR.includes(name) ? 'EXECUTOR' : 'THIEF';
  if (type === 'trait_reference') return `'${innocent}`;
  if (typeof type === 'string') throw new Error(`no value for the type ${clarityType(type)}`);
  if ('buffer' in type) return '0x';
  if ('string-ascii' in type) return TEXTS[name] ?? '"a"';
  if ('optional' in type) return 'none';
  if ('list' in type) return `(list ${inner(type.list.type, name === 'ids' ? 'id' : '')})`;
  if ('response' in type) return `(ok ${inner(type.response.ok)})`;
  if (name === 'config') return literal(config({ queue: 1n, handler: pinned(innocent) }), type);
  if (name === 'data') return literal(taskData(), type);
  return `{${type.tuple.map((field) => `${field.name}: ${inner(field.type, field.name)}`).join(', ')}}`;
}

const literal = (value: Parameters<typeof encode>[0], type: AbiType) => Cl.stringify(encode(value, type));

const OK = '(ok {result: 0x, again: none})';
const PRELUDE = `(define-map answers uint uint) ;; by turn: u0 for ok, or the error
(define-read-only (get-answer (turn uint)) (map-get? answers turn))`;

/** A handler that makes the call that its payload numbers and keeps the answer; it succeeds whatever that is. */
export function callerOf(calls: readonly string[]): { body: string; before: string } {
  const tries = calls.map(
    (call, i) => `(define-private (try-${i} (id uint)) (match ${call} done u0 code code))`,
  );
  const turns = calls.map((_, i) => `(asserts! (not (is-eq turn u${i})) (try-${i} id))`);
  return {
    before: `${PRELUDE}\n${tries.join('\n')}
(define-private (answer (id uint) (turn uint)) (begin ${turns.join('\n')} u9999))`,
    body: `(let ((turn (buff-to-uint-be (unwrap! (as-max-len? payload u16) (err u1)))))
      (map-set answers turn (answer id turn))
      ${OK})`,
  };
}

/** The same call made by a handler in its own name, with leave to spend all that it has. */
export function inOwnName(call: string): string {
  return `(get made (unwrap! (as-contract? ((with-all-assets-unsafe)) {made: ${call}}) u9998))`;
}
