import type { TaskState } from '@fac/sdk';
import { nameOf } from './names.js';
import type { TaskLog, TaskRow } from './task-log.js';

/** Shows what happens: a table that is kept up to date on a terminal, a line for each event elsewhere. */
export interface Display {
  /** Prints a line that stays. */
  readonly say: (line: string) => void;
  readonly show: (log: TaskLog, changed: TaskRow) => void;
}

export const createDisplay = (out: NodeJS.WriteStream): Display =>
  out.isTTY ? makeTable(out) : makeLines(out);

const makeLines = (out: NodeJS.WriteStream): Display => ({
  say: (line) => out.write(`${line}\n`),
  show: (_log, row) => out.write(`${lineOf(row)}\n`),
});

const makeTable = (out: NodeJS.WriteStream): Display => {
  let height = 0;
  const erase = (): void => {
    if (height > 0) out.write(`\x1b[${height}A\x1b[0J`);
    height = 0;
  };
  const draw = (log: TaskLog): void => {
    const width = out.columns;
    const lines = [HEADER, ...[...log.rows.values()].map(tableLineOf)].map((line) =>
      line.slice(0, width - 1),
    );
    // A table taller than the terminal cannot be erased: show its end.
    const shown = lines.slice(-Math.max(2, out.rows - 2));
    out.write(`${shown.join('\n')}\n`);
    height = shown.length;
  };
  let last: TaskLog | undefined;
  return {
    say: (line) => {
      erase();
      out.write(`${line}\n`);
      if (last !== undefined) draw(last);
    },
    show: (log) => {
      erase();
      draw(log);
      last = log;
    },
  };
};

const HEADER = columns(['task', 'sample', 'priority', 'state', 'attempt', 'worker', 'reward', 'next']);

function columns([id, label, priority, status, attempt, worker, reward, next]: readonly string[]): string {
  const cells = [
    id?.padStart(4),
    label?.padEnd(18),
    priority?.padStart(8),
    status?.padEnd(10),
    attempt?.padEnd(7),
  ];
  return [...cells, worker?.padEnd(14), reward?.padStart(10), next].join('  ');
}

const tableLineOf = ({ id, label, state }: TaskRow): string =>
  columns([
    `${id}`,
    label,
    `${state.priority}`,
    state.status,
    `${state.attempts}/${state.maxAttempts}`,
    state.worker === null ? '' : nameOf(state.worker),
    `${Number(state.rewardUstx) / 1e6} STX`,
    nextOf(state),
  ]);

const lineOf = ({ id, label, state, topic }: TaskRow): string => {
  const worker =
    state.worker === null
      ? ''
      : `, attempt ${state.attempts} of ${state.maxAttempts} by ${nameOf(state.worker)}`;
  const next = nextOf(state);
  return `task ${id} ${label}: ${topic}, now ${state.status}${worker}${next === '' ? '' : `, ${next}`}`;
};

const CLOCK_NAMES = { stacks: 'Stacks height', burn: 'Bitcoin height', time: 'time' } as const;

const nextOf = ({ status, gate, at, clock, until, retry, kind }: TaskState): string => {
  if (status === 'running') return kind === 'onchain' ? '' : `lease until Stacks height ${until}`;
  if (status === 'retrying') return `due at Stacks height ${retry}`;
  if (status !== 'pending') return '';
  if (gate === 'hold') return 'held until it gets a time';
  if (gate === 'parents') return 'waits for other tasks';
  return at === null ? '' : `due at ${CLOCK_NAMES[clock]} ${at}`;
};
