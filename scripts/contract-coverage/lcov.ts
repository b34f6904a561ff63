/** How often the lines and functions of one source were reached. */
export interface SourceCoverage {
  readonly lines: Map<number, number>;
  readonly functions: Map<string, number>;
}

/**
 * Adds the records of a trace file up, by source: simnet writes one record for each test and contract. It counts the
 * lines on which an expression begins that can run, so neither types, signatures past their first line, data and
 * constants, nor closing brackets. A line that only opens the record of a binding counts, but is never reached.
 */
export const mergeRecords = async (
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<Map<string, SourceCoverage>> => {
  const sources = new Map<string, SourceCoverage>();
  let source: SourceCoverage | undefined;
  for await (const line of lines) {
    const [kind = '', ...rest] = line.split(':');
    const text = rest.join(':');
    if (kind === 'SF') source = sourceAt(sources, text);
    else if (kind === 'end_of_record') source = undefined;
    else if (source !== undefined) addLine(source, kind, text);
  }
  return sources;
};

const sourceAt = (sources: Map<string, SourceCoverage>, path: string): SourceCoverage => {
  const known = sources.get(path) ?? { lines: new Map(), functions: new Map() };
  sources.set(path, known);
  return known;
};

const addLine = ({ lines, functions }: SourceCoverage, kind: string, text: string): void => {
  const [first = '', second = ''] = text.split(',');
  if (kind === 'DA') add(lines, Number(first), Number(second));
  else if (kind === 'FN') add(functions, second, 0);
  else if (kind === 'FNDA') add(functions, second, Number(first));
};

const add = <Key>(counts: Map<Key, number>, key: Key, count: number): void => {
  counts.set(key, (counts.get(key) ?? 0) + count);
};
