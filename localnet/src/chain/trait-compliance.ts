import type { ClarityAbi, ClarityAbiType } from '@stacks/transactions';
import type { TraitFunction } from './trait-definition.js';

/** Whether a contract has every function of a trait: it takes at least the arguments, and answers at most the output. */
export function complies(abi: ClarityAbi, trait: readonly TraitFunction[]): boolean {
  return trait.every(({ name, args, output }) => {
    const found = abi.functions.find((each) => each.name === name && each.access !== 'private');
    return (
      found !== undefined &&
      found.args.length === args.length &&
      found.args.every(({ type }, index) => admits(type, args[index] ?? 'none')) &&
      admits(output, found.outputs.type)
    );
  });
}

/** Whether every value of `inner` is one of `outer`. `none` is the type of a branch that never comes. */
function admits(outer: ClarityAbiType, inner: ClarityAbiType): boolean {
  if (inner === 'none') return true;
  if (typeof outer === 'string' || typeof inner === 'string') return outer === inner;
  if ('optional' in outer) return 'optional' in inner && admits(outer.optional, inner.optional);
  if ('response' in outer) {
    return (
      'response' in inner &&
      admits(outer.response.ok, inner.response.ok) &&
      admits(outer.response.error, inner.response.error)
    );
  }
  if ('list' in outer)
    return (
      'list' in inner && outer.list.length >= inner.list.length && admits(outer.list.type, inner.list.type)
    );
  if ('tuple' in outer) {
    const fields = 'tuple' in inner ? inner.tuple : [];
    return (
      fields.length === outer.tuple.length &&
      outer.tuple.every(({ name, type }) => {
        const field = fields.find((each) => each.name === name);
        return field !== undefined && admits(type, field.type);
      })
    );
  }
  if ('buffer' in outer) return 'buffer' in inner && outer.buffer.length >= inner.buffer.length;
  if ('string-ascii' in outer)
    return 'string-ascii' in inner && outer['string-ascii'].length >= inner['string-ascii'].length;
  return 'string-utf8' in inner && outer['string-utf8'].length >= inner['string-utf8'].length;
}
