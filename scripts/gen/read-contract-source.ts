/** What the comments of a contract say: its header, and each function under its section. */
export interface ContractSource {
  /** The `;; key: text` lines of the header but its title. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  /** What the header tells after them. */
  readonly story: string;
  readonly sections: readonly Section[];
}

export interface Section {
  readonly title: string;
  readonly functions: readonly { readonly name: string; readonly comment: string }[];
}

const FACT = /^(synopsis|depends on|who may call|prints|limits): (.*)$/;
const FUNCTION = /^\(define-(?:public|read-only) \(([a-z0-9-]+)/;

export const readContractSource = (source: string): ContractSource => {
  const [header = '', ...rest] = source.split('\n\n');
  return { ...readHeader(header), sections: readSections(rest.join('\n\n')) };
};

const readHeader = (header: string): Pick<ContractSource, 'facts' | 'story'> => {
  const lines = header.split('\n').map((line) => line.replace(/^;; ?/, ''));
  const end = lines.indexOf('');
  const facts: [string, string][] = [];
  for (const line of lines.slice(0, end === -1 ? undefined : end)) {
    const [, name, text] = FACT.exec(line) ?? [];
    const last = facts.at(-1);
    if (name !== undefined && text !== undefined) facts.push([name, text]);
    else if (last !== undefined) last[1] += ` ${line.trim()}`;
  }
  return { facts, story: end === -1 ? '' : paragraphs(lines.slice(end + 1)) };
};

const readSections = (body: string): readonly Section[] => {
  const sections: { title: string; functions: { name: string; comment: string }[] }[] = [];
  let comment: string[] = [];
  for (const line of body.split('\n')) {
    const name = FUNCTION.exec(line)?.[1];
    if (line.startsWith(';; --- ')) sections.push({ title: line.slice(';; --- '.length), functions: [] });
    else if (line.startsWith(';; ')) {
      comment.push(line.slice(3));
      continue;
    } else if (name !== undefined) sections.at(-1)?.functions.push({ name, comment: comment.join(' ') });
    comment = [];
  }
  return sections;
};

/** Lines joined to paragraphs, which an empty line ends. */
const paragraphs = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .split('\n\n')
    .map((paragraph) => paragraph.replaceAll('\n', ' '))
    .join('\n\n');
