import { LocalnetError } from '../errors.js';
import type {
  BuiltBlock,
  ChainTip,
  RanOutcome,
  Replies,
  RequestKind,
  Requests,
  RestoreProof,
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
  /** Makes known blocks again on top of what the worker has. */
  replay(blocks: readonly PastBlock[]): Promise<void>;
  /** Replaces the worker by one that is where the history is. */
  rebuild(): Promise<void>;
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

/** A request that ends worker after worker is given up. */
const MAX_ATTEMPTS = 3;

export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { input, history } = options;
  let isStopping = false;
  const first = await startSimnet(input, onLost);
  let current: Promise<SimnetClient> = Promise.resolve(first);

  function onLost(error: WorkerLost): void {
    if (!isStopping) replace(error.message);
  }

  function replace(why: string, old?: SimnetClient): Promise<SimnetClient> {
    const startMs = performance.now();
    current = (async () => {
      await old?.stop();
      const client = await startSimnet(input, onLost);
      await replayOn(client, history.blocks);
      options.onReplaced(why, Math.round(performance.now() - startMs));
      return client;
    })();
    current.catch((error) => {
      if (!isStopping) options.onFailure(error);
    });
    return current;
  }

  async function ask<K extends RequestKind>(kind: K, body: Requests[K]): Promise<Replies[K]> {
    for (let attempt = 1; ; attempt++) {
      const client = await current;
      try {
        return await client.ask(kind, body);
      } catch (error) {
        const canRetry = error instanceof WorkerLost && !error.isCause && attempt < MAX_ATTEMPTS;
        if (isStopping || !canRetry) throw error;
        // The loss is told on the worker's own event, which may come after this answer.
        if ((await current) === client) replace(error.message);
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
    rebuild: () => rebuild('to go back to an earlier block'),
    async build(body) {
      let settled: readonly RanOutcome[] = body.settled;
      for (;;) {
        const reply = await ask('build-block', { ...body, settled });
        if (reply.kind === 'built') return reply;
        settled = [...settled, reply.settled];
        await rebuild('to undo a transaction without restoring memory');
      }
    },
    replay: async (blocks) => replayOn(await current, blocks),
    kill: () => rebuild('killed on request'),
    async stop() {
      isStopping = true;
      const client = await current.catch(() => undefined);
      await client?.stop();
    },
  };
}

async function replayOn(client: SimnetClient, blocks: readonly PastBlock[]): Promise<void> {
  for (const { bitcoin, transactions, settled } of blocks) {
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
