/** Clarity source as nested lists. A tuple `{a: b}` reads as `["tuple", ["a", "b"]]`, as Clarity has it too. */
export type Form = string | readonly Form[];

/** Strings and comments are matched whole, so that what they hold is no syntax. */
const TOKEN = /;;[^\n]*|u?"(?:[^"\\]|\\.)*"|[(){},:]|[^\s(){},:;]+/g;

/** Reads what Clarity itself has accepted; what is left open at the end is dropped. */
export function parseForms(source: string): readonly Form[] {
  const tokens = [...source.matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith(';;'));
  const top: Form[] = [];
  const open: { readonly items: Form[]; readonly isTuple: boolean }[] = [];
  const put = (form: Form) => void (open.at(-1)?.items ?? top).push(form);
  for (const token of tokens) {
    if (token === '(' || token === '{') open.push({ items: [], isTuple: token === '{' });
    else if (token === ')' || token === '}') {
      const closed = open.pop();
      if (closed !== undefined) put(closed.isTuple ? ['tuple', ...pairs(closed.items)] : closed.items);
    } else if (token !== ',' && token !== ':') put(token);
  }
  return top;
}

function pairs(items: readonly Form[]): readonly Form[] {
  return Array.from({ length: items.length >> 1 }, (_, i) => [items[2 * i] ?? '', items[2 * i + 1] ?? '']);
}
