/**
 * Simnet cannot read a constant of a contract, so its value is computed again: the contract's own
 * `define-constant` forms as a snippet, with the name as the last expression. Constants that call
 * functions of the contract cannot be had this way.
 */
export function snippetOfConstant(source: string, constantName: string): string {
  return `${findConstantForms(source).join('\n')}\n${constantName}`;
}

function findConstantForms(source: string): string[] {
  const forms: string[] = [];
  let depth = 0;
  let start = 0;
  // Strings and comments may hold parentheses; they are matched whole and skipped.
  for (const token of source.matchAll(/"(?:[^"\\]|\\.)*"|;;[^\n]*|[()]/g)) {
    if (token[0] === '(' && depth++ === 0) start = token.index;
    if (token[0] === ')' && --depth === 0) {
      const form = source.slice(start, token.index + 1);
      if (/^\(\s*define-constant\s/.test(form)) forms.push(form);
    }
  }
  return forms;
}
