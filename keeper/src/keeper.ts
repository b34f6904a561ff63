import type { Fac, QueueKind, Signer } from '@fac/sdk';
import { assertServable } from './execute/coverage.js';
import { createExecutor } from './execute/executor.js';
import type { Handlers } from './execute/handler.js';
import type { AccountView, ChainView, Plan, Snapshot, Submission } from './flow.js';
import { planNext } from './plan/plan-next.js';
import type { Policy } from './plan/policy.js';
import { absorbDecisions } from './send/absorb.js';
import { createJournal } from './send/journal.js';
import { createJournalGuard } from './send/journal-guard.js';
import { createSdkWire } from './send/sdk-wire.js';
import { createSender } from './send/sender.js';
import { createDraw } from './shared/draw.js';
import { KeeperError } from './shared/errors.js';
import type { Log } from './shared/log.js';
import { createCursorStore } from './store/cursor.js';
import type { Db } from './store/db.js';
import { readServedQueues } from './watch/read-queues.js';
import { createWatcher } from './watch/watcher.js';

export interface KeeperOptions {
  readonly fac: Fac;
  readonly signer: Signer;
  readonly db: Db;
  readonly handlers: Handlers;
  readonly policy: Omit<Policy, 'isStopping'>;
  readonly feeFloorUstx: bigint;
  /** Longest run of a handler, in milliseconds. */
  readonly attemptTimeoutMs: number;
  readonly log: Log;
  /** A number in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
  /** An attempt ended: the next tick need not wait. */
  readonly onOutcome?: (() => void) | undefined;
}

/** What one tick saw and decided. */
export interface Tick {
  readonly snapshot: Snapshot;
  readonly plan: Plan;
}

/** One worker's flow, tick by tick: chain → watch → plan → execute and send → chain. */
export interface Keeper {
  readonly address: string;
  /** One pass. Throws what the node or the store throws; what was journalled is taken up by the next. */
  tick(isStopping?: boolean): Promise<Tick>;
  /** Aborts handlers that still run. */
  close(): void;
}

/** The only place that knows all stages. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { fac, signer, db, handlers, policy, feeFloorUstx, attemptTimeoutMs, log } = options;
  const { random = Math.random, onOutcome = () => {} } = options;
  const { address } = signer;
  const { feeCapUstx, onchainQueues } = policy;

  const journal = createJournal(db);
  const guard = createJournalGuard({ account: address, journal, cursor: createCursorStore(db), log });
  const watcher = createWatcher(
    {
      registry: fac.registry.read,
      factory: fac.factory.read,
      queue: fac.queue.read,
      index: fac.queue.index,
      transport: fac.transport,
    },
    address,
    onchainQueues,
  );
  const executor = createExecutor({ handlers, attemptTimeoutMs, log, onOutcome });
  const wire = createSdkWire({
    prepare: fac,
    signer,
    transport: fac.transport,
    feeFloorUstx,
    feeCapUstx,
    random,
  });
  const sender = createSender({ wire, journal, feeCapUstx, log, onForeign: guard.suspect });

  /** The chain's facts go into the journal first, so that the plan sees both agree. */
  const absorb = async ({ nonces, tip }: ChainView, open: readonly Submission[]): Promise<AccountView> => {
    const height = tip.stacksHeight;
    await guard.checkNonce(nonces.nonce);
    for (const { nonce, sighting } of nonces.decided) {
      if (sighting === 'foreign') await guard.suspect(nonce, 'its transaction is not ours');
    }
    await absorbDecisions(journal, { ...nonces, address }, open, log);
    const setbacks = await journal.readSetbacks(address, height);
    return { ...nonces, address, setbacks, isSameKeySuspected: guard.isSuspected(height) };
  };

  const tick = async (isStopping = false): Promise<Tick> => {
    const open = await journal.readOpen(address);
    const view = await watcher.watch(open);
    if (await guard.checkChain(view.tip.stacksHeight, view.nonces.nonce)) return tick(isStopping);
    const { nonces: _, ...chain } = view;
    const snapshot: Snapshot = { ...chain, account: await absorb(view, open), hands: executor.hands() };
    const plan = planNext(snapshot, { ...policy, isStopping }, createDraw(`${view.tip.stacksHeight}`));
    logTick(log, snapshot, plan);
    executor.apply(plan);
    await sender.send(plan, snapshot.account, view.tip.stacksHeight);
    return { snapshot, plan };
  };

  return {
    address,
    tick,
    close: () => executor.close(),
  };
}

export interface ReadyOptions {
  readonly fac: Fac;
  readonly address: string;
  /** Names or ids. */
  readonly queues: readonly string[];
  readonly handlers: Handlers;
}

/** The ids of the queues to serve: claimed from, and executed. */
export type ReadyQueues = Pick<Policy, 'queues' | 'onchainQueues'>;

/**
 * Checks that this account may work and that its handlers cover the queues; sorts the queues by kind.
 * Throws NOT_FOUND_WORKER, NOT_FOUND_QUEUE or MISMATCH_….
 */
export async function checkReady({ fac, address, queues, handlers }: ReadyOptions): Promise<ReadyQueues> {
  const details = await fac.registry.read.getCoordinatorDetails({ coordinator: address });
  if (details?.active !== true || !details.roles.includes('worker')) {
    throw new KeeperError('NOT_FOUND_WORKER', { context: { address, deployer: fac.deployer } });
  }
  const served = await readServedQueues(fac.factory.read, queues);
  for (const queue of served) assertServable(queue, { address, class: details.class, handlers });
  const idsOf = (wanted: QueueKind) => served.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  return { queues: idsOf('offchain'), onchainQueues: idsOf('onchain') };
}

function logTick(log: Log, { tip, account, worker, hands }: Snapshot, plan: Plan): void {
  log.debug('tick', {
    ...tip,
    inFlight: account.inFlight.length,
    leases: worker.leases.length,
    running: hands.running.length,
    sending: plan.send.length,
  });
  for (const item of plan.deferred) log.debug('deferred', { ...item });
}
