import { type Costs, costOf } from './store.js';

type Row = readonly string[];

/** The costs as text, one case a line; the last columns only when a large store was measured. */
export function formatTable(small: Costs, large?: Costs | undefined): string {
  const head: Row = ['case', 'reads', 'writes', 'bytes read', 'bytes written', 'runtime', 'transaction'];
  const largeHead: Row = large
    ? ['| reads', 'writes', 'bytes read', 'bytes written', 'runtime', 'transaction']
    : [];
  const rows = [...small].map(([name]) => [
    name,
    ...cells(small, name),
    ...(large ? cells(large, name).map((cell, i) => (i === 0 ? `| ${cell}` : cell)) : []),
  ]);
  return alignColumns([[...head, ...largeHead], ...rows]);
}

function cells(costs: Costs, name: string): Row {
  const { reads, writes, readLengthBytes, writeLengthBytes, runtime, transactionBytes } = costOf(costs, name);
  return [reads, writes, readLengthBytes, writeLengthBytes, runtime, transactionBytes].map((number) =>
    number.toLocaleString('en'),
  );
}

/** The first column to the left, the others to the right. */
export function alignColumns(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
