import type { Edit } from './mutant.js';

/**
 * The files that a mutant changes, with its faults in them. Line numbers do not matter, so that a patch lasts as long as
 * the lines in it: they must stand in the file exactly once. Throws where they do not.
 */
export const applyEdits = (
  edits: readonly Edit[],
  readSource: (path: string) => string,
): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const edit of edits) {
    files.set(edit.path, replaceLines(files.get(edit.path) ?? readSource(edit.path), edit));
  }
  return files;
};

const replaceLines = (source: string, { path, before, after }: Edit): string => {
  const around = `\n${source}`.split(`\n${before}\n`);
  if (around.length === 2) return around.join(after === '' ? '\n' : `\n${after}\n`).slice(1);
  throw new Error(
    `these lines stand ${around.length - 1} times in ${path}, not once; make the patch anew:\n${before}`,
  );
};
