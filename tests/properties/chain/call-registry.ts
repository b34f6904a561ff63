import { Cl } from '@stacks/transactions';
import * as bonds from '../model/bonds.js';
import * as registry from '../model/registry.js';
import { makeCall } from './call.js';

const on = (name: string) => ['coordinator-registry', name] as const;

export const register = (by: string, who: string, role: bigint) =>
  makeCall(on('register-coordinator'), by, [Cl.principal(who), Cl.uint(role)], (m) =>
    registry.registerCoordinator(m, by, who, role),
  );

export const updatePermissions = (by: string, who: string, role: bigint) =>
  makeCall(on('update-coordinator-permissions'), by, [Cl.principal(who), Cl.uint(role)], (m) =>
    registry.updatePermissions(m, by, who, role),
  );

export const suspend = (by: string, who: string) =>
  makeCall(on('suspend-coordinator'), by, [Cl.principal(who)], (m) => registry.suspend(m, by, who));

export const reinstate = (by: string, who: string) =>
  makeCall(on('reinstate-coordinator'), by, [Cl.principal(who)], (m) => registry.reinstate(m, by, who));

export const removeCoordinator = (by: string, who: string) =>
  makeCall(on('remove-coordinator'), by, [Cl.principal(who)], (m) => bonds.removeCoordinator(m, by, who));

export const setCapacity = (by: string, who: string, capacity: bigint) =>
  makeCall(on('set-capacity'), by, [Cl.principal(who), Cl.uint(capacity)], (m) =>
    registry.setCapacity(m, by, who, capacity),
  );

export const setParam = (by: string, name: string, value: bigint) =>
  makeCall(on('set-param'), by, [Cl.stringAscii(name), Cl.uint(value)], (m) =>
    registry.setParam(m, by, name, value),
  );

export const pause = (by: string, activities: bigint) =>
  makeCall(on('pause'), by, [Cl.uint(activities)], (m) => registry.pause(m, by, activities));

export const unpause = (by: string, activities: bigint) =>
  makeCall(on('unpause'), by, [Cl.uint(activities)], (m) => registry.unpause(m, by, activities));

export const proposeOwner = (by: string, next: string) =>
  makeCall(on('propose-owner'), by, [Cl.principal(next)], (m) => registry.proposeOwner(m, by, next));

export const acceptOwner = (by: string) =>
  makeCall(on('accept-owner'), by, [], (m) => registry.acceptOwner(m, by));

export const join = (by: string, amountUstx: bigint) =>
  makeCall(on('join-as-worker'), by, [Cl.uint(amountUstx)], (m) => bonds.joinAsWorker(m, by, amountUstx));

export const leave = (by: string) => makeCall(on('leave'), by, [], (m) => bonds.leave(m, by));

export const withdrawBond = (by: string) =>
  makeCall(on('withdraw-bond'), by, [], (m) => bonds.withdrawBond(m, by));

export const withdrawSink = (by: string) =>
  makeCall(on('withdraw-sink'), by, [], (m) => bonds.withdrawSink(m));
