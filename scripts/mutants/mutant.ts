/** Consecutive lines of a file and the lines that stand there instead. */
export interface Edit {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A fault in a contract, and the test file that must go red over it. */
export interface Mutant {
  readonly name: string;
  /** What is wrong with it, in one sentence. */
  readonly breaks: string;
  readonly killedBy: string;
  readonly edits: readonly Edit[];
}

const HEAD = /^(?<breaks>\S[^\n]*\.)\nKilled by: (?<killedBy>tests\/\S+\.test\.ts)\n\n/;
const TARGET = /^\+\+\+ b\/(?<path>contracts\/\S+\.clar)$/;
const HUNK = /^@@ -\d+(?:,(?<before>\d+))? \+\d+(?:,(?<after>\d+))? @@/;

/** Reads a patch: what it breaks, `Killed by: <test file>`, an empty line, a unified diff of contracts. */
export const parseMutant = (name: string, text: string): Mutant => {
  const head = HEAD.exec(text);
  const { breaks, killedBy } = head?.groups ?? {};
  if (head === null || breaks === undefined || killedBy === undefined) {
    throw new Error(
      `${name}: expected a sentence, a line "Killed by: tests/….test.ts", an empty line and a diff`,
    );
  }
  return { name, breaks, killedBy, edits: parseDiff(name, text.slice(head[0].length).split('\n')) };
};

const parseDiff = (name: string, lines: readonly string[]): readonly Edit[] => {
  const edits: Edit[] = [];
  let path: string | undefined;
  let next = 0;
  while (next < lines.length) {
    const line = lines[next] ?? '';
    next += 1;
    const counts = HUNK.exec(line)?.groups;
    if (counts === undefined) {
      path = TARGET.exec(line)?.groups?.path ?? path;
      continue;
    }
    if (path === undefined) throw new Error(`${name}: expected "+++ b/contracts/….clar" before "${line}"`);
    const hunk = readHunk(lines.slice(next), Number(counts.before ?? 1), Number(counts.after ?? 1));
    if (hunk === undefined) throw new Error(`${name}: "${line}" counts other lines than follow it`);
    edits.push({ path, before: hunk.before.join('\n'), after: hunk.after.join('\n') });
    next += hunk.length;
  }
  if (edits.length === 0) throw new Error(`${name}: expected a unified diff of contracts/`);
  return edits;
};

interface Hunk {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly length: number;
}

const readHunk = (lines: readonly string[], beforeCount: number, afterCount: number): Hunk | undefined => {
  const before: string[] = [];
  const after: string[] = [];
  let length = 0;
  while (before.length < beforeCount || after.length < afterCount) {
    const line = lines[length] ?? '';
    const [mark, text] = [line[0], line.slice(1)];
    if (mark !== ' ' && mark !== '-' && mark !== '+') return undefined;
    if (mark !== '+') before.push(text);
    if (mark !== '-') after.push(text);
    length += 1;
  }
  return before.length === beforeCount && after.length === afterCount ? { before, after, length } : undefined;
};
