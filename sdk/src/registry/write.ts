import type { Role } from '../base/roles.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { MOVES_NOTHING } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import type { NoArgs } from '../tx/read-call.js';
import { encodeRoleMask } from './codec.js';

/** A coordinator and what it may do. Only the owner grants `admin`. */
export interface CoordinatorInput {
  readonly coordinator: string;
  readonly roles: readonly Role[];
}

type Ok<Fn extends string> = PreparedCall<CallOk<'coordinator-registry', Fn>>;

/** Calls of coordinator-registry, by admins and the owner. */
export interface RegistryPrepares {
  readonly registerCoordinator: (args: CoordinatorInput) => Ok<'register-coordinator'>;
  readonly updateCoordinatorPermissions: (args: CoordinatorInput) => Ok<'update-coordinator-permissions'>;
  /** Leases it may hold at once, at most 120. */
  readonly setCapacity: (args: {
    readonly coordinator: string;
    readonly capacity: bigint;
  }) => Ok<'set-capacity'>;
  readonly setParam: (args: { readonly name: string; readonly value: bigint }) => Ok<'set-param'>;
  readonly proposeOwner: (args: { readonly next: string }) => Ok<'propose-owner'>;
  readonly acceptOwner: (args?: NoArgs) => Ok<'accept-owner'>;
}

export const makeRegistryPrepares = (deployer: string): RegistryPrepares => {
  const contract = makeContractRef(deployer, 'coordinator-registry');
  const encodeCoordinator = (fn: string, args: CoordinatorInput) => {
    const functionName = `coordinator-registry.${fn}`;
    assertKnownKeys(functionName, args, ['coordinator', 'roles']);
    return { coordinator: args.coordinator, role: encodeRoleMask(functionName, args.roles) };
  };
  return {
    registerCoordinator: (args) => {
      const encoded = encodeCoordinator('register-coordinator', args);
      return prepareCall(contract, 'register-coordinator', encoded, MOVES_NOTHING);
    },
    updateCoordinatorPermissions: (args) => {
      const encoded = encodeCoordinator('update-coordinator-permissions', args);
      return prepareCall(contract, 'update-coordinator-permissions', encoded, MOVES_NOTHING);
    },
    setCapacity: (args) => prepareCall(contract, 'set-capacity', args, MOVES_NOTHING),
    setParam: (args) => prepareCall(contract, 'set-param', args, MOVES_NOTHING),
    proposeOwner: (args) => prepareCall(contract, 'propose-owner', args, MOVES_NOTHING),
    acceptOwner: (args = {}) => prepareCall(contract, 'accept-owner', args, MOVES_NOTHING),
  };
};
