import * as call from '../chain/call-queue.js';
import { accessOf } from '../model/factory.js';
import { isClaimable } from '../model/leases.js';
import type { Model } from '../model/model.js';
import { waitingIn } from '../model/places.js';
import { ACCESS, ROLE, STATUS } from '../model/records.js';
import { hasRole, param } from '../model/registry.js';
import { isBonded, leasesHeld, workerOf } from '../model/slots.js';
import type { Command, World } from './command.js';
import { idsWhere, someoneWith, someoneWithout, stateOf, unknownId } from './command.js';

/** Lease slots a worker can still fill. */
function freeSlots({ model }: World, who: string): number {
  const { slots } = workerOf(model, who);
  const capacity = Number(model.coordinators.get(who)?.capacity ?? 0n);
  if (slots.some((id, slot) => id !== null && slot >= capacity)) return 0;
  if (workerOf(model, who).stoodUntil > model.now[0]) return 0;
  return capacity - leasesHeld(workerOf(model, who));
}

/** A worker that may take tasks with this access mask now. */
function freeWorker(world: World, access: bigint): string | undefined {
  const { model, dice, wallets } = world;
  const isFree = (wallet: string) =>
    hasRole(model, wallet, ROLE.WORKER) &&
    freeSlots(world, wallet) > 0 &&
    (!isBonded(model, wallet) || (isTrusted(model, wallet) && (access & ACCESS.BONDED) > 0n));
  const free = wallets.filter(isFree);
  const bonded = free.filter((wallet) => isBonded(model, wallet));
  return dice.pick(bonded.length > 0 && dice.chance(60) ? bonded : free);
}

function isTrusted(model: Model, who: string): boolean {
  const bond = model.bonds.get(who);
  return bond?.leavingAt === 0n && bond.amount >= param(model, 'bond-min');
}

const accessTo = ({ model }: World, queue: bigint) => {
  const record = model.queues[Number(queue)];
  return record ? accessOf(record) : 0n;
};

const offchainQueues = ({ model }: World) =>
  model.queues.flatMap((queue, id) => (queue.kind === 0n ? [BigInt(id)] : []));
const occupiedQueues = (world: World) =>
  offchainQueues(world).filter((queue) => waitingIn(world.model, queue).length > 0);
const emptyQueues = (world: World) =>
  offchainQueues(world).filter((queue) => waitingIn(world.model, queue).length === 0);

export const dequeue: Command = {
  name: 'dequeue-task',
  weights: [5, 10],
  right: (w) => {
    const by = freeWorker(w, 0n);
    return by !== undefined && waitingIn(w.model, 0n).length > 0 ? call.dequeue(by) : undefined;
  },
  wrong: [
    (w) => call.dequeue(someoneWithout(w, ROLE.WORKER) ?? ''),
    (w) =>
      waitingIn(w.model, 0n).length === 0 ? call.dequeue(someoneWith(w, ROLE.WORKER) ?? '') : undefined,
  ],
};

export const dequeueFrom: Command = {
  name: 'dequeue-from',
  weights: [3, 8],
  right: (w) => {
    const queue = w.dice.pick(occupiedQueues(w));
    if (queue === undefined) return undefined;
    const by = freeWorker(w, accessTo(w, queue));
    if (!by) return undefined;
    const waiting = waitingIn(w.model, queue).length;
    const free = freeSlots(w, by);
    return call.dequeueFrom(
      by,
      queue,
      waiting <= free ? w.dice.between(1, 20) : w.dice.between(1, Math.min(free, 20)),
    );
  },
  wrong: [
    (w) => call.dequeueFrom(someoneWith(w, ROLE.WORKER) ?? '', BigInt(w.model.queues.length), 1n),
    (w) => {
      const onchain = w.model.queues.findIndex((queue) => queue.kind === 1n);
      return onchain < 0 ? undefined : call.dequeueFrom(freeWorker(w, 0n) ?? '', BigInt(onchain), 1n);
    },
    (w) =>
      call.dequeueFrom(
        someoneWith(w, ROLE.WORKER) ?? '',
        w.dice.pick(offchainQueues(w)) ?? 0n,
        w.dice.of(0n, 21n),
      ),
    (w) => {
      const queue = w.dice.pick(emptyQueues(w));
      return queue === undefined ? undefined : call.dequeueFrom(someoneWith(w, ROLE.WORKER) ?? '', queue, 2n);
    },
    (w) => {
      const queue = w.dice.pick(occupiedQueues(w));
      return queue === undefined
        ? undefined
        : call.dequeueFrom(someoneWithout(w, ROLE.WORKER) ?? '', queue, 2n);
    },
    (w) => {
      const busy = w.wallets.flatMap((by) => occupiedQueues(w).map((queue) => ({ by, queue })));
      const full = busy.filter(({ by, queue }) => waitingIn(w.model, queue).length > freeSlots(w, by));
      const pair = w.dice.pick(full.filter(({ by }) => someoneIsWorker(w, by)));
      return pair === undefined ? undefined : call.dequeueFrom(pair.by, pair.queue, 20n);
    },
  ],
};

/** Some tasks that may be chosen, often among others. */
export const claim: Command = {
  name: 'claim-tasks',
  weights: [3, 5],
  right: (w) => {
    const first = w.dice.pick(idsWhere(w.model, isClaimable));
    if (first === undefined) return undefined;
    const { access } = stateOf(w.model, first);
    const by = freeWorker(w, access);
    if (!by) return undefined;
    const others = idsWhere(w.model, (state) => isClaimable(state) && state.access === access);
    const more = Array.from(
      { length: w.dice.below(Math.min(freeSlots(w, by), 8)) },
      () => w.dice.pick(others) ?? first,
    );
    const useless = w.dice.chance(30) ? [unknownId(w), 1n].filter((id) => !isQueued(w, id)) : [];
    return call.claim(by, [first, ...more, ...useless]);
  },
  wrong: [
    (w) => {
      const { model } = w;
      const by = w.dice.pick(
        w.wallets.filter(
          (who) => hasRole(model, who, ROLE.WORKER) && workerOf(model, who).stoodUntil > model.now[0] + 1n,
        ),
      );
      const id = w.dice.pick(idsWhere(model, isClaimable));
      return by === undefined || id === undefined ? undefined : call.claim(by, [id]);
    },
    (w) => call.claim(someoneWith(w, ROLE.WORKER) ?? '', []),
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, isClaimable));
      return id === undefined ? undefined : call.claim(someoneWithout(w, ROLE.WORKER) ?? '', [id]);
    },
    (w) => {
      const by = w.dice.pick(w.wallets.filter((who) => isBonded(w.model, who) && freeSlots(w, who) > 0));
      const id = w.dice.pick(
        idsWhere(w.model, (state) => isClaimable(state) && (state.access & ACCESS.BONDED) === 0n),
      );
      return by === undefined || id === undefined ? undefined : call.claim(by, [id]);
    },
    (w) => {
      const id = w.dice.pick(
        idsWhere(w.model, ({ status, access }) => status === STATUS.QUEUED && access !== 0n),
      );
      return id === undefined ? undefined : call.claim(someoneWith(w, ROLE.WORKER) ?? '', [id]);
    },
  ],
};

const isQueued = ({ model }: World, id: bigint) => model.states.get(id)?.status === STATUS.QUEUED;

const someoneIsWorker = ({ model }: World, who: string) => hasRole(model, who, ROLE.WORKER);
