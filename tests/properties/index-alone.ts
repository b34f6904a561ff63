import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Plain } from './chain/decode.js';
import { decode } from './chain/decode.js';

/** task-index by itself: the only writer it obeys is here a contract that passes every call on. */
export interface IndexAlone {
  readonly write: (name: string, args: ClarityValue[]) => Plain;
  readonly read: (name: string, args: ClarityValue[]) => Plain;
}

/** The contract called async-queue of the same deployer is the one that a copy of task-index obeys. */
const PASS_ON = `
(define-public (push-lane (lane uint) (id uint)) (contract-call? .task-index push-lane lane id))
(define-public (pop-lanes (queue uint) (n uint)) (contract-call? .task-index pop-lanes queue n))
(define-public (push-due (entries (list 12 (optional {clock: uint, at: uint, lane: uint, id: uint}))))
  (contract-call? .task-index push-due entries))
(define-public (promote (clock uint) (now uint) (n uint)) (contract-call? .task-index promote clock now n))
(define-public (remove (list-key uint) (seq uint)) (contract-call? .task-index remove list-key seq))
`;

export function deployIndexAlone(): IndexAlone {
  const deployer = simnet.getAccounts().get('wallet_8') ?? '';
  const source = simnet.getContractSource(`${simnet.deployer}.task-index`) ?? '';
  // The SDK's types end below Clarity 6.
  const options = { clarityVersion: 6 as 4 };
  simnet.deployContract('task-index', source, options, deployer);
  simnet.deployContract('async-queue', PASS_ON, options, deployer);
  return {
    write: (name, args) => {
      const outcome = decode(simnet.callPublicFn(`${deployer}.async-queue`, name, args, deployer).result);
      if (outcome === null || typeof outcome !== 'object' || !('ok' in outcome))
        throw new Error(
          `task-index refused ${name}: ${JSON.stringify(outcome, (_, v) => (typeof v === 'bigint' ? `u${v}` : v))}`,
        );
      return outcome.ok as Plain;
    },
    read: (name, args) =>
      decode(simnet.callReadOnlyFn(`${deployer}.task-index`, name, args, deployer).result),
  };
}

export const uints = (...values: readonly bigint[]): ClarityValue[] => values.map((value) => Cl.uint(value));

export interface DueEntry {
  readonly clock: bigint;
  readonly at: bigint;
  readonly lane: bigint;
  readonly id: bigint;
}

export function dueList(entries: readonly (DueEntry | null)[]): ClarityValue {
  return Cl.list(
    entries.map((entry) =>
      entry === null
        ? Cl.none()
        : Cl.some(
            Cl.tuple({
              clock: Cl.uint(entry.clock),
              at: Cl.uint(entry.at),
              lane: Cl.uint(entry.lane),
              id: Cl.uint(entry.id),
            }),
          ),
    ),
  );
}
