import * as call from '../chain/call-registry.js';
import { carelessOwner } from '../chain/careless-owner.js';
import { ROLE } from '../model/records.js';
import { mayAdminister } from '../model/registry.js';
import type { Command, World } from './command.js';
import { someone, someoneElse } from './command.js';

const admin = ({ model, dice, wallets }: World) =>
  dice.pick(wallets.filter((wallet) => mayAdminister(model, wallet)));

const notAdmin = ({ model, dice, wallets }: World) =>
  dice.pick(wallets.filter((wallet) => !mayAdminister(model, wallet)));

const adminNotOwner = ({ model, dice, wallets }: World) =>
  dice.pick(wallets.filter((wallet) => mayAdminister(model, wallet) && wallet !== model.owner));

const newcomer = ({ wallets, step }: World) => `${wallets[0]}.coordinator-${step}`;
const known = ({ model, dice }: World) => dice.pick([...model.coordinators.keys()]) ?? '';
/** Coordinators whose permissions no other command relies on. */
const volatile = ({ model, dice, wallets }: World) => {
  const steady = [...wallets.slice(0, 7), carelessOwner(model.sink)];
  return dice.pick([...model.coordinators.keys()].filter((who) => !steady.includes(who)));
};
const plainRole = ({ dice }: World) => dice.between(1, 31);

export const registerCoordinator: Command = {
  name: 'register-coordinator',
  weights: [1, 1],
  right: (w) => {
    const isForAdmin = w.dice.chance(20);
    const by = isForAdmin ? w.model.owner : admin(w);
    return by === undefined
      ? undefined
      : call.register(by, newcomer(w), isForAdmin ? plainRole(w) | ROLE.ADMIN : plainRole(w));
  },
  wrong: [
    (w) => call.register(notAdmin(w) ?? '', newcomer(w), plainRole(w)),
    (w) => call.register(w.model.owner, known(w), plainRole(w)),
    (w) => call.register(w.model.owner, newcomer(w), w.dice.of(0n, 64n, 2n ** 127n)),
    (w) => {
      const by = adminNotOwner(w);
      return by === undefined ? undefined : call.register(by, newcomer(w), ROLE.ADMIN | plainRole(w));
    },
  ],
};

export const updatePermissions: Command = {
  name: 'update-coordinator-permissions',
  weights: [1, 1],
  right: (w) => {
    const who = volatile(w);
    return who === undefined ? undefined : call.updatePermissions(w.model.owner, who, w.dice.between(1, 63));
  },
  wrong: [
    (w) => call.updatePermissions(w.model.owner, newcomer(w), plainRole(w)),
    (w) => call.updatePermissions(notAdmin(w) ?? '', known(w), plainRole(w)),
    (w) => call.updatePermissions(w.model.owner, known(w), w.dice.of(0n, 64n)),
    (w) => {
      const by = adminNotOwner(w);
      return by === undefined
        ? undefined
        : call.updatePermissions(by, by, w.dice.of(ROLE.ADMIN, ROLE.WORKER));
    },
  ],
};

export const setCapacity: Command = {
  name: 'set-capacity',
  weights: [2, 2],
  right: (w) => {
    const by = admin(w);
    return by === undefined
      ? undefined
      : call.setCapacity(by, known(w), w.dice.chance(10) ? w.dice.of(0n, 120n) : w.dice.between(1, 9));
  },
  wrong: [
    (w) => call.setCapacity(w.model.owner, newcomer(w), 5n),
    (w) => call.setCapacity(notAdmin(w) ?? '', known(w), 5n),
    (w) => call.setCapacity(w.model.owner, known(w), w.dice.of(121n, 128n)),
  ],
};

export const setParam: Command = {
  name: 'set-param',
  weights: [1, 1],
  right: (w) => {
    const by = admin(w);
    if (!by) return undefined;
    const [name, value] = w.dice.of<[string, bigint]>(
      ['default-capacity', w.dice.between(1, 120)],
      ['open-enqueue', w.dice.of(0n, 0n, 0n, 1n)],
      ['trigger-share-bps', w.dice.of(0n, 500n, 2_000n)],
      ['strike-limit', w.dice.of(0n, 2n, 3n, 3n)],
      ['stand-down-blocks', w.dice.between(40, 160)],
    );
    return call.setParam(by, name, value);
  },
  wrong: [
    (w) => call.setParam(w.model.owner, 'no-such-parameter', 1n),
    (w) => call.setParam(notAdmin(w) ?? '', 'open-enqueue', 1n),
    (w) => call.setParam(w.model.owner, 'default-capacity', w.dice.of(0n, 121n)),
    (w) => call.setParam(w.model.owner, 'open-enqueue', 2n),
  ],
};

export const proposeOwner: Command = {
  name: 'propose-owner',
  weights: [1, 1],
  right: (w) => call.proposeOwner(w.model.owner, someone(w)),
  wrong: [(w) => call.proposeOwner(someoneElse(w, w.model.owner) ?? '', someone(w))],
};

export const acceptOwner: Command = {
  name: 'accept-owner',
  weights: [1, 1],
  right: (w) => (w.model.nextOwner ? call.acceptOwner(w.model.nextOwner) : undefined),
  wrong: [
    ({ model, ...w }) =>
      model.nextOwner ? call.acceptOwner(someoneElse({ model, ...w }, model.nextOwner) ?? '') : undefined,
  ],
};
