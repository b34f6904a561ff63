/** A form of Clarity source: an atom, or a list of forms; brackets of both kinds are lists, comments are gone. */
export type Form = string | readonly Form[];

/** Reads the top-level forms of a source. */
export function parseSource(source: string): Form[] {
  const tokens = source.match(/;;[^\n]*|u?"(?:[^"\\]|\\.)*"|[(){}]|[^\s(){},]+/g) ?? [];
  const open: Form[][] = [[]];
  for (const token of tokens.filter((candidate) => !candidate.startsWith(';;'))) {
    if (token === '(' || token === '{') {
      open.push([]);
    } else if (token === ')' || token === '}') {
      const closed = open.pop() as Form[];
      const parent = open.at(-1);
      if (parent === undefined) throw new Error('the source closes more than it opens');
      parent.push(closed);
    } else {
      open.at(-1)?.push(token);
    }
  }
  if (open.length !== 1) throw new Error('the source opens more than it closes');
  return open[0] as Form[];
}

/** Every list inside a form, itself included, each with the heads of the lists around it. */
export function listsIn(
  form: Form,
  around: readonly string[] = [],
): { list: readonly Form[]; around: string[] }[] {
  if (typeof form === 'string') return [];
  const inner = [...around, String(form[0])];
  return [{ list: form, around: [...around] }, ...form.flatMap((part) => listsIn(part, inner))];
}

/** The functions of a source by name. */
export function functionsIn(forms: readonly Form[]): Map<string, readonly Form[]> {
  const functions = new Map<string, readonly Form[]>();
  for (const form of forms) {
    if (typeof form === 'string' || !/^define-(public|private|read-only)$/.test(String(form[0]))) continue;
    functions.set(String((form[1] as readonly Form[])[0]), form);
  }
  return functions;
}
