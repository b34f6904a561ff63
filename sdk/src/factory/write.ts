import { QUEUE_KINDS, type QueueKind, WORKER_CLASSES, type WorkerClass } from '../base/queue-kind.js';
import { encodeName } from '../errors/coded-names.js';
import { assertKnownKeys } from '../errors/known-keys.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { movesNothing } from '../tx/post-conditions.js';
import { type CallOk, type PreparedCall, prepareCall } from '../tx/prepared-call.js';
import { encodeConfig } from './codec.js';
import type { TemplateConfigInput } from './types.js';

export interface TaskTypeInput {
  readonly name: string;
  /** Where people read about it. @default empty */
  readonly uri?: string | undefined;
}

export interface QueueInput {
  readonly name: string;
  /** @default 'offchain' */
  readonly kind?: QueueKind | undefined;
  /** @default 'granted' */
  readonly class?: WorkerClass | undefined;
  /** Head of the line only. @default false */
  readonly strict?: boolean | undefined;
  /** @default 0n, no guard */
  readonly guardEvery?: bigint | undefined;
}

const CREATE_QUEUE = 'async-task-factory.create-queue';

type Ok<Fn extends string> = PreparedCall<CallOk<'async-task-factory', Fn>>;

/** Calls of async-task-factory. */
export interface FactoryPrepares {
  /** By a template manager; answers the type's id. */
  readonly createTaskType: (args: TaskTypeInput) => Ok<'create-task-type'>;
  /** By an admin; answers the queue's id. */
  readonly createQueue: (args: QueueInput) => Ok<'create-queue'>;
  /** By a template manager, who becomes its owner; answers the template's id. */
  readonly createTaskTemplate: (args: {
    readonly taskType: bigint;
    readonly config: TemplateConfigInput;
  }) => Ok<'create-task-template'>;
  /** By the template's owner; answers the new version. Tasks keep the one they were made with. */
  readonly updateTaskTemplate: (args: {
    readonly template: bigint;
    readonly config: TemplateConfigInput;
  }) => Ok<'update-task-template'>;
  /** By the template's owner. Nobody makes tasks from a template that is not active; those there are go on. */
  readonly setActive: (args: { readonly template: bigint; readonly active: boolean }) => Ok<'set-active'>;
  /** By the template's owner, who has no more say in it. */
  readonly transferTemplate: (args: {
    readonly template: bigint;
    readonly owner: string;
  }) => Ok<'transfer-template'>;
}

export const makeFactoryPrepares = (deployer: string): FactoryPrepares => {
  const contract = makeContractRef(deployer, 'async-task-factory');
  return {
    createTaskType: ({ uri = '', ...rest }) =>
      prepareCall(contract, 'create-task-type', { ...rest, uri }, movesNothing),
    createQueue: (args) => {
      assertKnownKeys(CREATE_QUEUE, args, ['name', 'kind', 'class', 'strict', 'guardEvery']);
      const encoded = {
        name: args.name,
        kind: encodeName(QUEUE_KINDS, args.kind ?? 'offchain', CREATE_QUEUE, 'kind'),
        class: encodeName(WORKER_CLASSES, args.class ?? 'granted', CREATE_QUEUE, 'class'),
        strict: args.strict ?? false,
        guardEvery: args.guardEvery ?? 0n,
      };
      return prepareCall(contract, 'create-queue', encoded, movesNothing);
    },
    createTaskTemplate: ({ config, ...rest }) => {
      const encoded = encodeConfig('async-task-factory.create-task-template', config);
      return prepareCall(contract, 'create-task-template', { ...rest, config: encoded }, movesNothing);
    },
    updateTaskTemplate: ({ config, ...rest }) => {
      const encoded = encodeConfig('async-task-factory.update-task-template', config);
      return prepareCall(contract, 'update-task-template', { ...rest, config: encoded }, movesNothing);
    },
    setActive: (args) => prepareCall(contract, 'set-active', args, movesNothing),
    transferTemplate: (args) => prepareCall(contract, 'transfer-template', args, movesNothing),
  };
};
