import type { Activity } from '../base/activities.js';
import type { Role } from '../base/roles.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { movesNothing, signerKeepsAll, signerSends } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { NoArgs } from '../tx/read-call.js';
import { encodeActivityMask, encodeRoleMask } from './codec.js';

/** A coordinator and what it may do. Only the owner grants `admin`. */
export interface CoordinatorInput {
  readonly coordinator: string;
  readonly roles: readonly Role[];
}

type ByCoordinator = { readonly coordinator: string };
type ByActivities = { readonly activities: readonly Activity[] };
type Ok<Fn extends string> = PreparedCall<CallOk<'coordinator-registry', Fn>>;

/** Calls of coordinator-registry: by admins and the owner, and by workers who join for a bond. */
export interface RegistryPrepares {
  readonly registerCoordinator: (args: CoordinatorInput) => Ok<'register-coordinator'>;
  readonly updateCoordinatorPermissions: (args: CoordinatorInput) => Ok<'update-coordinator-permissions'>;
  /** Takes all permissions away until it is reinstated; the leases it holds go on. */
  readonly suspendCoordinator: (args: ByCoordinator) => Ok<'suspend-coordinator'>;
  readonly reinstateCoordinator: (args: ByCoordinator) => Ok<'reinstate-coordinator'>;
  /** Forgets a coordinator that holds no lease; its bond begins to leave. */
  readonly removeCoordinator: (args: ByCoordinator) => Ok<'remove-coordinator'>;
  /** Leases it may hold at once, at most 120. */
  readonly setCapacity: (args: {
    readonly coordinator: string;
    readonly capacity: bigint;
  }) => Ok<'set-capacity'>;
  readonly setParam: (args: { readonly name: string; readonly value: bigint }) => Ok<'set-param'>;
  /** Stops activities; a guardian may, too. */
  readonly pause: (args: ByActivities) => Ok<'pause'>;
  /** Lets activities go on; an admin decides. */
  readonly unpause: (args: ByActivities) => Ok<'unpause'>;
  readonly proposeOwner: (args: { readonly next: string }) => Ok<'propose-owner'>;
  readonly acceptOwner: (args?: NoArgs) => Ok<'accept-owner'>;
  /** Makes the caller a bonded worker, or adds to its bond; answers the bond in all. */
  readonly joinAsWorker: (args: { readonly amountUstx: bigint }) => Ok<'join-as-worker'>;
  /** Ends the caller's work for good; answers the height from which its bond may be withdrawn. */
  readonly leave: (args?: NoArgs) => Ok<'leave'>;
  /** Pays the caller its bond back and answers how much that is; it is a coordinator no longer. */
  readonly withdrawBond: (args?: NoArgs) => Ok<'withdraw-bond'>;
  /** Pays what bonds have lost to whoever deployed the contracts; anyone may. */
  readonly withdrawSink: (args?: NoArgs) => Ok<'withdraw-sink'>;
}

export const makeRegistryPrepares = (deployer: string): RegistryPrepares => {
  const contract = makeContractRef(deployer, 'coordinator-registry');
  const encodeCoordinator = (fn: string, args: CoordinatorInput) => {
    const functionName = `coordinator-registry.${fn}`;
    assertKnownKeys(functionName, args, ['coordinator', 'roles']);
    return { coordinator: args.coordinator, role: encodeRoleMask(functionName, args.roles) };
  };
  const encodePause = (fn: string, args: ByActivities) => {
    const functionName = `coordinator-registry.${fn}`;
    assertKnownKeys(functionName, args, ['activities']);
    return { activities: encodeActivityMask(functionName, args.activities) };
  };
  return {
    registerCoordinator: (args) => {
      const encoded = encodeCoordinator('register-coordinator', args);
      return prepareCall(contract, 'register-coordinator', encoded, movesNothing);
    },
    updateCoordinatorPermissions: (args) => {
      const encoded = encodeCoordinator('update-coordinator-permissions', args);
      return prepareCall(contract, 'update-coordinator-permissions', encoded, movesNothing);
    },
    suspendCoordinator: (args) => prepareCall(contract, 'suspend-coordinator', args, movesNothing),
    reinstateCoordinator: (args) => prepareCall(contract, 'reinstate-coordinator', args, movesNothing),
    removeCoordinator: (args) => prepareCall(contract, 'remove-coordinator', args, movesNothing),
    setCapacity: (args) => prepareCall(contract, 'set-capacity', args, movesNothing),
    setParam: (args) => prepareCall(contract, 'set-param', args, movesNothing),
    pause: (args) => prepareCall(contract, 'pause', encodePause('pause', args), movesNothing),
    unpause: (args) => prepareCall(contract, 'unpause', encodePause('unpause', args), movesNothing),
    proposeOwner: (args) => prepareCall(contract, 'propose-owner', args, movesNothing),
    acceptOwner: (args = {}) => prepareCall(contract, 'accept-owner', args, movesNothing),
    joinAsWorker: ({ amountUstx, ...rest }) =>
      prepareCall(contract, 'join-as-worker', { ...rest, amount: amountUstx }, () => signerSends(amountUstx)),
    leave: (args = {}) => prepareCall(contract, 'leave', args, movesNothing),
    withdrawBond: (args = {}) => prepareCall(contract, 'withdraw-bond', args, signerKeepsAll),
    withdrawSink: (args = {}) => prepareCall(contract, 'withdraw-sink', args, signerKeepsAll),
  };
};
