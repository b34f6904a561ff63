import * as call from '../chain/call-registry.js';
import { carelessOwner } from '../chain/careless-owner.js';
import { ACTIVITY, ROLE } from '../model/records.js';
import { hasRole, mayAdminister } from '../model/registry.js';
import { leasesHeld, workerOf } from '../model/slots.js';
import type { Command, World } from './command.js';
import { someone, someoneElse } from './command.js';

const notAdmin = ({ model, dice, wallets }: World) =>
  dice.pick(wallets.filter((wallet) => !mayAdminister(model, wallet))) ?? '';
const unknown = ({ wallets, step }: World) => `${wallets[0]}.nobody-${step}`;
const isAdmin = ({ model }: World, who: string) => hasRole(model, who, ROLE.ADMIN);
const isBusy = ({ model }: World, who: string) => leasesHeld(workerOf(model, who)) > 0;

/** A coordinator that an admin other than the owner may govern. */
const governable = (w: World, isActive: boolean) =>
  w.dice.pick(
    [...w.model.coordinators].filter(([who, { active }]) => active === isActive && !isAdmin(w, who)),
  )?.[0];

export const suspend: Command = {
  name: 'suspend-coordinator',
  weights: [1, 1],
  right: (w) => {
    const who = governable(w, true);
    return who === undefined ? undefined : call.suspend(w.model.owner, who);
  },
  wrong: [
    (w) => call.suspend(w.model.owner, unknown(w)),
    (w) => call.suspend(notAdmin(w), governable(w, true) ?? ''),
  ],
};

export const reinstate: Command = {
  name: 'reinstate-coordinator',
  weights: [4, 4],
  right: (w) => {
    const who = governable(w, false);
    return who === undefined ? undefined : call.reinstate(w.model.owner, who);
  },
  wrong: [],
};

export const remove: Command = {
  name: 'remove-coordinator',
  weights: [0.6, 0.6],
  right: (w) => {
    const { model, dice, wallets } = w;
    const steady = [...wallets, carelessOwner(model.sink)];
    const spare = [...model.coordinators.keys()].filter(
      (who) => (!steady.includes(who) || (model.bonds.has(who) && mayGo(w, who))) && !isBusy(w, who),
    );
    const who = dice.pick(spare);
    return who === undefined ? undefined : call.removeCoordinator(model.owner, who);
  },
  wrong: [
    (w) => {
      const busy = w.dice.pick([...w.model.coordinators.keys()].filter((who) => isBusy(w, who)));
      return busy === undefined ? undefined : call.removeCoordinator(w.model.owner, busy);
    },
    (w) => call.removeCoordinator(w.model.owner, unknown(w)),
  ],
};

const ACTIVITIES = Object.values(ACTIVITY).filter((bit) => bit > 0n);
const anyActivity = ({ dice }: World) => dice.of(10n, ...ACTIVITIES);

export const pause: Command = {
  name: 'pause',
  weights: [0.7, 0.7],
  right: (w) => call.pause(w.model.owner, anyActivity(w)),
  wrong: [
    (w) => call.pause(someoneElse(w, w.model.owner) ?? '', w.dice.of(0n, 256n)),
    (w) => call.pause(w.model.owner, w.dice.of(0n, 256n)),
  ],
};

/** What is paused does not stay so for long. */
export const unpause: Command = {
  name: 'unpause',
  weights: [12, 12],
  right: (w) =>
    w.model.pauses === 0n ? undefined : call.unpause(w.model.owner, w.dice.of(255n, w.model.pauses)),
  wrong: [
    (w) => (w.model.pauses === 0n ? undefined : call.unpause(notAdmin(w), w.model.pauses)),
    (w) => (w.model.pauses === 0n ? undefined : call.unpause(w.model.owner, w.dice.of(0n, 256n))),
  ],
};

const joiners = ({ wallets }: World) => wallets.slice(-2);
/** Bonds that leave come back late, and one bonded worker must be left to lose leases. */
const mayGo = (w: World, who: string) =>
  isLeaving(w, who) || joiners(w).some((other) => other !== who && isStaying(w, other));
const isStaying = ({ model }: World, who: string) => model.bonds.get(who)?.leavingAt === 0n;
const isLeaving = ({ model }: World, who: string) => (model.bonds.get(who)?.leavingAt ?? 0n) > 0n;

export const join: Command = {
  name: 'join-as-worker',
  weights: [1.5, 1.5],
  right: (w) => {
    const by = w.dice.pick(
      joiners(w).filter(
        (who) => !isLeaving(w, who) && (w.model.bonds.has(who) || !w.model.coordinators.has(who)),
      ),
    );
    return by === undefined ? undefined : call.join(by, w.dice.between(100_000_000, 120_000_000));
  },
  wrong: [
    (w) => call.join(someone(w), w.dice.of(0n, 10n ** 15n)),
    (w) => {
      const by = w.dice.pick(joiners(w).filter((who) => !w.model.bonds.has(who)));
      return by === undefined ? undefined : call.join(by, 999_999n);
    },
    (w) =>
      call.join(
        w.dice.pick([...w.model.coordinators.keys()].filter((who) => w.wallets.includes(who))) ?? '',
        10n ** 9n,
      ),
    (w) => {
      const by = w.dice.pick(joiners(w).filter((who) => isLeaving(w, who)));
      return by === undefined ? undefined : call.join(by, 10n ** 9n);
    },
  ],
};

const bonded = (w: World, leaving: boolean) =>
  w.dice.pick([...w.model.bonds.keys()].filter((who) => isLeaving(w, who) === leaving));

export const leave: Command = {
  name: 'leave',
  weights: [0.2, 0.3],
  right: (w) => {
    const by = bonded(w, false);
    return by === undefined || !mayGo(w, by) ? undefined : call.leave(by);
  },
  wrong: [
    (w) => call.leave(w.wallets[1] ?? ''),
    (w) => {
      const by = bonded(w, true);
      return by === undefined ? undefined : call.leave(by);
    },
  ],
};

export const withdrawBond: Command = {
  name: 'withdraw-bond',
  weights: [1.5, 1.5],
  right: (w) => {
    const isFree = ([who, { leavingAt }]: readonly [string, { leavingAt: bigint }]) =>
      leavingAt > 0n && leavingAt <= w.model.now[0] + 1n && !isBusy(w, who);
    const [by] = w.dice.pick([...w.model.bonds].filter(isFree)) ?? [];
    return by === undefined ? undefined : call.withdrawBond(by);
  },
  wrong: [
    (w) => call.withdrawBond(w.wallets[1] ?? ''),
    (w) => {
      const by = bonded(w, false);
      return by === undefined ? undefined : call.withdrawBond(by);
    },
  ],
};

export const withdrawSink: Command = {
  name: 'withdraw-sink',
  weights: [0.5, 0.5],
  right: (w) => (w.model.sinkCredit > 0n ? call.withdrawSink(someone(w)) : undefined),
  wrong: [(w) => (w.model.sinkCredit === 0n ? call.withdrawSink(someone(w)) : undefined)],
};
