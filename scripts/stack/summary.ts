import { nameOf } from './names.js';
import type { TaskLog } from './task-log.js';

/** What ran in which order, and who was paid what. */
export const describeRun = ({ rows, attempts, payments }: TaskLog): string => {
  const labelOf = (id: bigint): string => `${rows.get(id)?.label} (task ${id})`;
  const ran = attempts.map(
    ({ taskId, attempt, worker }, place) =>
      `  ${`${place + 1}.`.padStart(4)} ${labelOf(taskId)}, attempt ${attempt}, by ${nameOf(worker)}`,
  );
  const ended = [...rows.values()].map(
    ({ id, state }) =>
      `  ${labelOf(id).padEnd(30)} ${state.status} after ${state.attempts} ${state.attempts === 1n ? 'attempt' : 'attempts'}`,
  );
  const paid = payments.map(
    ({ to, ustx, why, taskId }) =>
      `  ${nameOf(to).padEnd(14)} ${stx(ustx).padStart(12)}  ${why} of ${labelOf(taskId)}`,
  );
  const totals = [...new Set(payments.map(({ to }) => to))].map((to) => {
    const sum = payments.filter((payment) => payment.to === to).reduce((total, { ustx }) => total + ustx, 0n);
    return `  ${nameOf(to).padEnd(14)} ${stx(sum).padStart(12)}  in all`;
  });
  return [
    'What ran, in this order:',
    ...ran,
    'How it ended:',
    ...ended,
    'Who was paid:',
    ...paid,
    ...totals,
  ].join('\n');
};

const stx = (ustx: bigint): string => `${ustx / 1_000_000n}.${`${ustx % 1_000_000n}`.padStart(6, '0')} STX`;
