import { describe, expect, it } from 'vitest';
import { account, balanceOf, expectErr, expectOk } from '../../helpers/contracts.js';
import { STATUS } from '../../helpers/tasks.js';
import { type DrivenQueue, deployDrivenQueue } from './driven-queue.js';

const { PENDING, QUEUED, RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED, EXPIRED } = STATUS;
const ALL = Object.values(STATUS);

// How a task comes to each status from QUEUED, and which may follow.
const MACHINE: readonly (readonly [path: readonly bigint[], next: readonly bigint[]])[] = [
  [[PENDING], [PENDING, QUEUED, RUNNING, CANCELLED, EXPIRED]],
  [[], [PENDING, QUEUED, RUNNING, CANCELLED, EXPIRED]],
  [[RUNNING], [PENDING, RUNNING, RETRYING, SUCCEEDED, FAILED, CANCELLED]],
  [
    [RUNNING, RETRYING],
    [QUEUED, RUNNING, RETRYING, CANCELLED, EXPIRED],
  ],
  [[RUNNING, SUCCEEDED], []],
  [[RUNNING, FAILED], [FAILED]],
  [[CANCELLED], []],
  [[EXPIRED], []],
];

const move = (queue: DrivenQueue, id: bigint, status: bigint) =>
  expectOk(queue.transact([{ id, next: { ...queue.stateOf(id), status } }]));

describe('transact', () => {
  it('writes the next states and answers what the moves say', () => {
    const queue = deployDrivenQueue();
    const ids = [queue.enqueue(), queue.enqueue()];
    const nexts = ids.map((id) => ({ ...queue.stateOf(id), code: 40n + id }));

    const outcome = queue.transact([
      { id: 1n, next: nexts[0] as never },
      { id: 2n, next: nexts[1] as never },
    ]);

    expect(outcome).toEqual({
      result: { ok: [{ ok: 7n }, { ok: 7n }] },
      prints: ids.map((id, i) => ({ topic: 'task-moved', id, ...nexts[i] })),
      transfers: [],
    });
    expect(ids.map(queue.stateOf)).toEqual(nexts);
  });

  it.each(MACHINE.map(([path, next]) => [path.at(-1) ?? QUEUED, path, next] as const))(
    'lets only what is legal follow on the status %d',
    (_, path, legal) => {
      const queue = deployDrivenQueue();
      for (const status of ALL) {
        const id = queue.enqueue({ reward: 0n });
        for (const step of path) move(queue, id, step);
        const next = { ...queue.stateOf(id), status };
        expect([status, move(queue, id, status)]).toEqual([
          status,
          [legal.includes(status) ? { ok: 7n } : { err: 'queue.ERR_STATE' }],
        ]);
        if (legal.includes(status)) expect(queue.stateOf(id)).toEqual(next);
      }
    },
  );

  it('gives no task to another owner', () => {
    const queue = deployDrivenQueue();
    queue.enqueue();
    const before = queue.stateOf(1n);
    const outcome = queue.transact([{ id: 1n, next: { ...before, owner: account('wallet_5') } }]);
    expect(outcome).toEqual({ result: { ok: [{ err: 'queue.ERR_STATE' }] }, prints: [], transfers: [] });
    expect(queue.stateOf(1n)).toEqual(before);
  });

  it('lets escrows rise by what is paid in less what is paid out, not by more or less', () => {
    const queue = deployDrivenQueue();
    queue.enqueue();
    queue.enqueue();
    const payee = account('wallet_5');
    const withEscrow = (id: bigint, escrow: bigint) => ({ id, next: { ...queue.stateOf(id), escrow } });

    for (const [first, second, paidIn, paidOut] of [
      [1001n, 1000n, 0n, 0n],
      [999n, 1000n, 0n, 0n],
      [1000n, 1000n, 1n, 0n],
      [1000n, 1000n, 0n, 1n],
      [1002n, 1000n, 1n, 0n],
      [1001n, 999n, 1n, 0n],
    ] as const) {
      const changes = [withEscrow(1n, first), withEscrow(2n, second)];
      expectErr(queue.transact(changes, { paidIn, payee, paidOut }), 'queue.ERR_ESCROW');
    }

    const changes = [withEscrow(1n, 1030n), withEscrow(2n, 995n)];
    expect(queue.transact(changes, { paidIn: 45n, payee, paidOut: 20n }).transfers).toEqual([
      { amount: 45n, from: queue.owner, to: queue.vault },
      { amount: 20n, from: queue.vault, to: payee },
    ]);
    expect(balanceOf(queue.vault)).toBe(2025n);
  });

  it('pays what is left in escrow to the owner as a task ends', () => {
    const queue = deployDrivenQueue();
    queue.enqueue();
    const before = queue.stateOf(1n);

    const outcome = queue.transact([{ id: 1n, next: { ...before, status: CANCELLED } }]);

    expect(outcome.transfers).toEqual([{ amount: 1000n, from: queue.vault, to: queue.owner }]);
    expect(queue.stateOf(1n)).toEqual({ ...before, status: CANCELLED, escrow: 0n });
  });
});
