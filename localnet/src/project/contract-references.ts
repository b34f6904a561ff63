import { isClosing, isComment, isOpening, tokenizeClarity } from './clarity-tokens.js';

/** A contract that a source names. */
export interface ContractReference {
  readonly contractId: string;
  /**
   * Clarity refuses the source unless that contract is there already: it is called, or a trait of it is used.
   * Otherwise it may be a mere principal, or an argument that has to implement a trait: the text does not tell.
   */
  readonly isNeeded: boolean;
}

/** `.name`, `'ADDRESS.name`, each with or without a trait's name behind it. */
const CONTRACT = /^(?:'(S[0-9A-Z]+))?\.([A-Za-z][A-Za-z0-9_-]*)(?:\.[A-Za-z0-9_-]+)?$/;

/** Which item of these forms, counted from the head, is the contract they cannot do without. */
const NEEDED_AT: Readonly<Record<string, number>> = { 'contract-call?': 1, 'use-trait': 2, 'impl-trait': 1 };

/** Finds what a source of `deployer` refers to; each contract once. */
export function findReferences(source: string, deployer: string): readonly ContractReference[] {
  const found = new Map<string, boolean>();
  const forms: { head: string; items: number }[] = [];
  for (const token of tokenizeClarity(source)) {
    if (isComment(token)) continue;
    if (isClosing(token)) {
      forms.pop();
      continue;
    }
    const form = forms.at(-1);
    const [, address = deployer, name] = CONTRACT.exec(token.text) ?? [];
    if (name !== undefined) {
      const contractId = `${address}.${name}`;
      const isNeeded = form !== undefined && NEEDED_AT[form.head] === form.items;
      found.set(contractId, isNeeded || found.get(contractId) === true);
    }
    if (form !== undefined) {
      if (form.items === 0) form.head = token.text;
      form.items++;
    }
    if (isOpening(token)) forms.push({ head: '', items: 0 });
  }
  return Array.from(found, ([contractId, isNeeded]) => ({ contractId, isNeeded }));
}
