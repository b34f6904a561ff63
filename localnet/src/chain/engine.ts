import { LocalnetError } from '../errors.js';
import type {
  BuiltBlock,
  ChainTip,
  RanOutcome,
  Replies,
  RequestKind,
  Requests,
  RestoreProof,
  RunnableTransaction,
  WorkerInput,
} from '../worker/protocol.js';
import type { History, PastBlock } from './history.js';
import { type SimnetClient, startSimnet, WorkerLost } from './simnet-client.js';

/**
 * Simnet as the chain uses it: a worker that is replaced when it ends. The new one is brought to the tip by making
 * the blocks of the history again; requests wait for it meanwhile and notice nothing but the pause.
 */
export interface Engine {
  readonly genesisTip: ChainTip;
  readonly restore: RestoreProof;
  ask<K extends RequestKind>(kind: K, body: Requests[K]): Promise<Replies[K]>;
  /** Makes a new block on top of the history. */
  build(body: Requests['build-block']): Promise<BuiltBlock>;
  /** What would come of a transaction in the next block; null if its payer cannot pay, or it costs too much. */
  simulate(transaction: RunnableTransaction): Promise<RanOutcome | null>;
  /**
   * Brings the worker to where the history is now: by the copy of that name and `blocks` on top of it, else by another
   * worker.
   */
  moveTo(copyId: string | null, blocks: readonly PastBlock[]): Promise<void>;
  /** For tests of what outlives it: ends the worker as a crash would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  readonly input: WorkerInput;
  readonly history: History;
  /** Told after each replacement; copies kept in the old worker are gone. */
  readonly onReplaced: (why: string, tookMs: number) => void;
  /** No worker can be had any more. */
  readonly onFailure: (error: unknown) => void;
}

/** A request under which worker after worker dies is given up, and so is a replacement. */
const MAX_ATTEMPTS = 3;

/** Invariant: there is one worker, or one replacement under way for which whoever asks waits. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { input, history } = options;
  let isStopping = false;
  const first = await start();
  let current: Promise<SimnetClient> = Promise.resolve(first);
  /** None while it is being replaced. */
  let established: SimnetClient | undefined = first;

  async function start(): Promise<SimnetClient> {
    const client: SimnetClient = await startSimnet(input, (error) => {
      // One that is lost sooner rejects here.
      if (!isStopping && client !== undefined) replace(error.message, client);
    });
    return client;
  }

  /** Nothing is done if `old` has been replaced already, or is about to be. */
  function replace(why: string, old: SimnetClient): Promise<SimnetClient> {
    if (old !== established) return current;
    established = undefined;
    current = bringUp(why, old);
    current.catch((error) => {
      if (!isStopping) options.onFailure(error);
    });
    return current;
  }

  async function bringUp(why: string, old: SimnetClient): Promise<SimnetClient> {
    const startMs = performance.now();
    await old.stop();
    for (let attempt = 1; ; attempt++) {
      try {
        const client = await start();
        const { generation } = history;
        // Blocks made meanwhile are replayed with the others; if some were taken off, whoever did it moves the worker.
        await replayOn(client, history.blocks, () => !isStopping && generation === history.generation);
        established = client;
        options.onReplaced(why, Math.round(performance.now() - startMs));
        return client;
      } catch (error) {
        if (!(error instanceof WorkerLost) || isStopping || attempt >= MAX_ATTEMPTS) throw error;
      }
    }
  }

  async function ask<K extends RequestKind>(kind: K, body: Requests[K]): Promise<Replies[K]> {
    for (let deaths = 0; ; ) {
      const client = await current;
      try {
        return await client.ask(kind, body);
      } catch (error) {
        if (!(error instanceof WorkerLost) || isStopping || error.reason === 'broken') throw error;
        if (error.reason === 'died' && ++deaths >= MAX_ATTEMPTS) throw error;
        // The loss is told on the worker's own event, which may come after this answer.
        replace(error.message, client);
      }
    }
  }

  async function rebuild(why: string): Promise<void> {
    await replace(why, await current);
  }

  return {
    genesisTip: first.genesisTip,
    restore: first.restore,
    ask,
    async build(body) {
      let settled: readonly RanOutcome[] = body.settled;
      for (;;) {
        const reply = await ask('build-block', { ...body, settled });
        if (reply.kind === 'built') return reply;
        settled = [...settled, reply.settled];
        await rebuild('to undo a transaction without restoring memory');
      }
    },
    async simulate(transaction) {
      if (first.restore.proven) return ask('simulate', { transaction });
      const budgetMs = Number.POSITIVE_INFINITY;
      const order = { bitcoin: false, transactions: [transaction], budget: null, budgetMs, settled: [] };
      const reply = await ask('build-block', order);
      await rebuild('to undo a simulation without restoring memory');
      if (reply.kind === 'replay') return reply.settled;
      return reply.outcomes.find((outcome) => outcome.kind === 'ran') ?? null;
    },
    async moveTo(copyId, blocks) {
      const client = await current;
      try {
        const isThere = copyId !== null && (await client.ask('restore-copy', { id: copyId }));
        if (isThere) return await replayOn(client, blocks, () => true);
      } catch (error) {
        // Another worker has none of its copies.
        if (!(error instanceof WorkerLost) || isStopping) throw error;
      }
      await rebuild('to go back to an earlier block');
    },
    kill: () => rebuild('killed on request'),
    async stop() {
      isStopping = true;
      const client = await current.catch(() => undefined);
      await client?.stop();
    },
  };
}

async function replayOn(
  client: SimnetClient,
  blocks: readonly PastBlock[],
  isWanted: () => boolean,
): Promise<void> {
  for (const { bitcoin, transactions, settled } of blocks) {
    if (!isWanted()) return;
    const reply = await client.ask('build-block', {
      bitcoin,
      transactions,
      settled,
      budget: null,
      budgetMs: Number.POSITIVE_INFINITY,
    });
    const isSame = reply.kind === 'built' && reply.outcomes.every(({ kind }) => kind === 'ran');
    if (!isSame) {
      throw new LocalnetError('REJECTED_SIMNET', 'a block of the history came out differently when replayed');
    }
  }
}
