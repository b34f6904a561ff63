/**
 * A handler that does as the payload says: it succeeds, with its payload as the result; on a first byte of 01 it fails
 * with u42, on 02 it is not ready, on 03 it tries to move what is not its own, on 05 it gives its task back by hand, on 06
 * it completes it by hand, and on 04 it asks to go on in two Stacks blocks with the rest of the payload, on 07 in this
 * block, on 08 in 25 seconds.
 */
export const HANDLER_NAME = 'obedient-handler';

const SOURCE = `
(impl-trait .task-handler-trait.task-handler)
(define-public (handle-task (id uint) (payload (buff 1024)))
  (let ((order (default-to 0x00 (element-at? payload u0)))
        (rest (default-to 0x (slice? payload u1 (len payload)))))
    (asserts! (not (is-eq order 0x01)) (err u42))
    (asserts! (not (is-eq order 0x02)) (err u2999))
    (if (is-eq order 0x03) (try! (stx-transfer? u1 tx-sender current-contract)) true)
    (if (is-eq order 0x05) (try! (contract-call? .task-control release-task id u1)) true)
    (if (is-eq order 0x06) (is-eq u0 (try! (contract-call? .async-queue complete-task id u1 0x))) true)
    (ok {
      result: (default-to 0x (as-max-len? payload u512)),
      again: (if (is-eq order 0x04) (some {clock: u0, at: (+ stacks-block-height u2), payload: rest})
        (if (is-eq order 0x07) (some {clock: u0, at: stacks-block-height, payload: rest})
          (if (is-eq order 0x08) (some {clock: u2, at: (+ stacks-block-time u25), payload: rest}) none)))
    })))
`;

/** Deploys the handler; returns its principal and the hash of its code. */
export function deployHandler(deployer: string): { readonly contract: string; readonly hash: string } {
  // The SDK's types end below Clarity 6.
  simnet.deployContract(HANDLER_NAME, SOURCE, { clarityVersion: 6 as 4 }, deployer);
  const contract = `${deployer}.${HANDLER_NAME}`;
  const { result } = simnet.execute(`(unwrap-panic (contract-hash? '${contract}))`);
  if (result.type !== 'buffer') throw new Error('contract-hash? returned no buffer');
  return { contract, hash: result.value };
}
