import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { LocalnetError } from '../errors.js';
import type {
  ChainTip,
  Replies,
  RequestKind,
  Requests,
  RestoreProof,
  WorkerInput,
  WorkerMessage,
} from '../worker/protocol.js';

/** One simnet worker seen from the main thread: one promise per request, answered in order. */
export interface SimnetClient {
  readonly genesisTip: ChainTip;
  readonly restore: RestoreProof;
  ask<K extends RequestKind>(kind: K, body: Requests[K]): Promise<Replies[K]>;
  stop(): Promise<void>;
}

/** The worker ended before it answered: this very request broke it, or it died, or it was told to stop. */
export class WorkerLost extends LocalnetError {
  constructor(
    detail: string,
    readonly reason: 'broken' | 'died' | 'stopped',
  ) {
    super('REJECTED_SIMNET', `its worker thread ended: ${detail}`);
  }
}

interface Waiting {
  readonly resolve: (body: Replies[RequestKind]) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a worker; resolves once simnet is up and has tried its restore. `onLost` tells that it ended unasked. */
export function startSimnet(input: WorkerInput, onLost: (error: WorkerLost) => void): Promise<SimnetClient> {
  // Simnet prints a trace of every failing call; the same words arrive as the call's error.
  const worker = new Worker(workerFile(), { workerData: input, stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let hasEnded = false;

  const rejectAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const stop = async () => {
    hasEnded = true;
    await worker.terminate();
    rejectAll(new WorkerLost('it was stopped', 'stopped'));
  };
  const ask = <K extends RequestKind>(kind: K, body: Requests[K]) =>
    new Promise<Replies[K]>((resolve, reject) => {
      if (hasEnded) return reject(new WorkerLost('it is no more', 'stopped'));
      const id = nextId++;
      // The worker answers request `id` of kind K with Replies[K]; the map cannot express the pairing.
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage({ id, kind, body });
    });

  return new Promise((resolveStart, rejectStart) => {
    const lose = (cause: unknown) => {
      if (hasEnded) return;
      hasEnded = true;
      const error = new WorkerLost(String(cause), 'died');
      rejectAll(error);
      rejectStart(error);
      onLost(error);
    };
    worker.on('error', lose);
    worker.on('exit', (code) => lose(`exit code ${code}`));
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'started') {
        resolveStart({ genesisTip: message.tip, restore: message.restore, ask, stop });
        return;
      }
      const request = waiting.get(message.id);
      waiting.delete(message.id);
      switch (message.kind) {
        case 'reply':
          request?.resolve(message.body);
          return;
        case 'failed':
          request?.reject(new LocalnetError('REJECTED_SIMNET', message.message));
          return;
        case 'spoilt':
          request?.reject(new WorkerLost(message.message, 'broken'));
          void worker.terminate();
          return;
      }
    });
  });
}

/** A worker thread runs compiled code only, also when this file runs from source. */
function workerFile(): URL {
  const fromSource = import.meta.url.endsWith('.ts');
  const url = new URL(fromSource ? '../../dist/worker/worker.js' : '../worker/worker.js', import.meta.url);
  if (!existsSync(url)) {
    throw new LocalnetError('NOT_FOUND_FILE', `${fileURLToPath(url)}; build it with "npx tsc -b localnet"`);
  }
  return url;
}
