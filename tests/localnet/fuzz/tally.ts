import type { FuzzRequest } from './request.js';
import type { Answer } from './send.js';

/** Counts answers by row and status, and keeps those that no node gives. */
export interface Tally {
  readonly total: number;
  readonly faults: readonly string[];
  note(request: Pick<FuzzRequest, 'row' | 'what' | 'method' | 'target'>, answer: Answer): void;
  /** The same of bytes that are no request: a closed connection is an answer to them. */
  noteRaw(row: string, bytes: Buffer | string, answer: Answer): void;
  /** A line for each row, in this order; those it does not name come last. */
  table(order: readonly string[]): string;
}

const MAX_SHOWN = 400;

export function createTally(): Tally {
  const counts = new Map<string, Map<string, number>>();
  const faults: string[] = [];
  let total = 0;

  function count(row: string, { status }: Answer): void {
    total++;
    const statuses = counts.get(row) ?? new Map<string, number>();
    counts.set(row, statuses.set(`${status}`, (statuses.get(`${status}`) ?? 0) + 1));
  }

  return {
    get total() {
      return total;
    },
    faults,
    note({ row, what, method, target }, answer) {
      count(row, answer);
      const fault = faultOf(method, answer);
      if (fault === null) return;
      const shown = answer.body.slice(0, MAX_SHOWN);
      faults.push(`${fault}: ${method} ${target.slice(0, MAX_SHOWN)} (${what}): ${shown}`);
    },
    noteRaw(row, bytes, answer) {
      count(row, answer);
      if (answer.status === 'closed' || Number(answer.status) < 500) return;
      faults.push(`${answer.status}: ${JSON.stringify(`${bytes}`.slice(0, MAX_SHOWN))}`);
    },
    table(order) {
      const statuses = [...new Set([...counts.values()].flatMap((row) => [...row.keys()]))].sort();
      const width = Math.max(...[...counts.keys()].map((row) => row.length));
      const line = (name: string, cells: readonly (string | number)[]) =>
        `${name.padEnd(width)}${cells.map((cell) => `${cell}`.padStart(7)).join('')}`;
      const rows = [...new Set([...order, ...counts.keys()])].map((row) =>
        line(
          row,
          statuses.map((status) => counts.get(row)?.get(status) ?? ''),
        ),
      );
      return [line(`${total} requests`, statuses), ...rows].join('\n');
    },
  };
}

/** Why an answer is not one of a node, or null. No answer of this node is a 5xx that a real one gives. */
function faultOf(method: string, { status, contentType, body }: Answer): string | null {
  if (typeof status === 'string') return status;
  if (status >= 500) return `${status}`;
  if (method === 'HEAD' || !contentType.includes('json')) return null;
  try {
    JSON.parse(body);
    return null;
  } catch {
    return 'not the JSON it says it is';
  }
}
