import type { ClarityAbiType } from '@stacks/transactions';
import { type Form, parseForms } from './clarity-forms.js';

/** A function that a trait demands. */
export interface TraitFunction {
  readonly name: string;
  readonly args: readonly ClarityAbiType[];
  readonly output: ClarityAbiType;
}

/** What a contract's source demands of those who implement one of its traits; null if it defines none of this name. */
export function findTrait(source: string, name: string): readonly TraitFunction[] | null {
  for (const form of parseForms(source)) {
    if (typeof form === 'string' || form[0] !== 'define-trait' || form[1] !== name) continue;
    const functions = typeof form[2] === 'string' || form[2] === undefined ? [] : form[2];
    return functions.map(functionOf);
  }
  return null;
}

/** Whether a source says by itself that it implements a trait: `(impl-trait 'ADDRESS.contract.trait)`. */
export function claimsTrait(source: string, deployer: string, traitId: string): boolean {
  return parseForms(source).some((form) => {
    if (typeof form === 'string' || form[0] !== 'impl-trait' || typeof form[1] !== 'string') return false;
    const named = form[1].startsWith('.') ? `${deployer}${form[1]}` : form[1].replace(/^'/, '');
    return named === traitId;
  });
}

function functionOf(form: Form): TraitFunction {
  const [name, args, output] = typeof form === 'string' ? [form] : form;
  return {
    name: typeof name === 'string' ? name : '',
    args: typeof args === 'string' || args === undefined ? [] : args.map(typeOf),
    output: typeOf(output ?? 'none'),
  };
}

const NAMED: Readonly<Record<string, ClarityAbiType>> = {
  int: 'int128',
  uint: 'uint128',
  bool: 'bool',
  principal: 'principal',
};

/** A type of the source as an interface writes it. */
function typeOf(form: Form): ClarityAbiType {
  if (typeof form === 'string') return NAMED[form] ?? (form.startsWith('<') ? 'trait_reference' : 'none');
  const [kind, first = '', second = ''] = form;
  switch (kind) {
    case 'buff':
      return { buffer: { length: Number(first) } };
    case 'string-ascii':
      return { 'string-ascii': { length: Number(first) } };
    case 'string-utf8':
      return { 'string-utf8': { length: Number(first) } };
    case 'optional':
      return { optional: typeOf(first) };
    case 'response':
      return { response: { ok: typeOf(first), error: typeOf(second) } };
    case 'list':
      return { list: { length: Number(first), type: typeOf(second) } };
    case 'tuple':
      return { tuple: form.slice(1).map(fieldOf) };
    default:
      return 'none';
  }
}

function fieldOf(form: Form): { name: string; type: ClarityAbiType } {
  const [name = '', type = 'none'] = typeof form === 'string' ? [form] : form;
  return { name: typeof name === 'string' ? name : '', type: typeOf(type) };
}
