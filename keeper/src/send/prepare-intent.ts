import type { Fac, PreparedCall } from '@fac/sdk';
import type { Intent } from '../flow.js';

/** What `prepareIntent` needs of the SDK. */
export interface PreparePort {
  readonly queue: { readonly prepare: Fac['queue']['prepare'] };
  readonly scheduler: { readonly prepare: Fac['scheduler']['prepare'] };
}

/** The contract call of an intent. Its post-conditions let nothing leave our account. */
export function prepareIntent({ queue, scheduler }: PreparePort, intent: Intent): PreparedCall {
  switch (intent.kind) {
    case 'trigger':
      return scheduler.prepare.triggerDueTasks({ clock: intent.clock, n: BigInt(intent.n) });
    case 'claim':
      return queue.prepare.dequeueFrom({ queue: intent.queue, n: BigInt(intent.n) });
    case 'complete':
      return queue.prepare.completeTask({
        id: intent.taskId,
        attempt: intent.attempt,
        result: intent.result,
      });
    case 'fail': {
      const { taskId: id, attempt, code, isRetryable: retryable } = intent;
      return queue.prepare.failTask({ id, attempt, code, retryable });
    }
    case 'heartbeat': {
      const { taskId: id, attempt, blocks, progress } = intent;
      return queue.prepare.heartbeatTask({ id, attempt, blocks, progress });
    }
    case 'reclaim':
      return queue.prepare.reclaimLeases({ ids: intent.taskIds });
    case 'release-children':
      return queue.prepare.releaseChildren({ n: BigInt(intent.n) });
    case 'execute':
      return scheduler.prepare.executeTask({ id: intent.taskId, handler: intent.handler });
    case 'fill':
      // The node refuses a transfer to oneself; a trigger with little to do harms nobody, mined or aborted.
      return scheduler.prepare.triggerDueTasks({ clock: 'stacks', n: 1n });
  }
  return intent satisfies never;
}
