import { LocalnetError } from '../errors.js';
import type { ContractReference } from './contract-references.js';

export interface Deployable {
  readonly contractId: string;
  readonly references: readonly ContractReference[];
}

/**
 * Puts each contract behind those it refers to; where nothing says otherwise, the order given stays.
 * Contracts may name each other in a circle (a registry that lists its callers), as long as they do not need each
 * other: such a circle is opened at one that needs none of the rest.
 */
export function orderByReference<T extends Deployable>(contracts: readonly T[]): readonly T[] {
  const rest = new Map(contracts.map((contract) => [contract.contractId, contract]));
  const ordered: T[] = [];
  while (rest.size > 0) {
    const next = pickNext(rest);
    if (next === undefined) {
      throw new LocalnetError(
        'INVALID_MANIFEST',
        `these need each other or what does, so none can be deployed first: ${[...rest.keys()].join(', ')}`,
      );
    }
    rest.delete(next.contractId);
    ordered.push(next);
  }
  return ordered;
}

function pickNext<T extends Deployable>(rest: ReadonlyMap<string, T>): T | undefined {
  const waitsFor = ({ contractId, references }: Deployable) =>
    references.filter((reference) => reference.contractId !== contractId && rest.has(reference.contractId));
  const free = [...rest.values()].find((contract) => waitsFor(contract).length === 0);
  if (free !== undefined) return free;

  const reachFrom = (start: Deployable) => {
    const reached = new Set<string>();
    const visit = (contract: Deployable) => {
      for (const { contractId } of waitsFor(contract)) {
        const next = rest.get(contractId);
        if (next === undefined || reached.has(contractId)) continue;
        reached.add(contractId);
        visit(next);
      }
    };
    visit(start);
    return reached;
  };
  // The innermost circle comes first: what reaches least has nothing outside its own circle to wait for.
  return [...rest.values()]
    .filter((contract) => !waitsFor(contract).some(({ isNeeded }) => isNeeded))
    .map((contract) => ({ contract, reached: reachFrom(contract) }))
    .filter(({ contract, reached }) => reached.has(contract.contractId))
    .sort((a, b) => a.reached.size - b.reached.size)[0]?.contract;
}
