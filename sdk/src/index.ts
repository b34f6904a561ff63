export { CLOCKS, type Clock } from './base/clock.js';
export { decodeLane, decodeOccupancy, encodeLane, type Lane } from './base/lane.js';
export type { NetworkName } from './base/network.js';
export type { QueueKind, WorkerClass } from './base/queue-kind.js';
export { decodeRoles, encodeRoles, type Role } from './base/roles.js';
export { type FinalStatus, isFinalStatus, STATUSES, type Status } from './base/status.js';
export {
  type BurnHeight,
  isTaskId,
  isUnit,
  type StacksHeight,
  type TaskId,
  type UnixSeconds,
  type Ustx,
} from './base/units.js';
export {
  createFac,
  type Fac,
  type FacFactory,
  type FacQueue,
  type FacRegistry,
  type FacScheduler,
} from './client.js';
export type { FacOptions } from './client-options.js';
export type { ContractError, FacErrorCode, FacErrorContexts } from './errors/error-contexts.js';
export { FacError, isFacError } from './errors/fac-error.js';
export {
  makeBurnHeight,
  makeStacksHeight,
  makeTaskId,
  makeUnixSeconds,
  makeUstx,
} from './errors/make-units.js';
export type { NodeRejection } from './errors/node-rejection.js';
export type {
  FactoryEvent,
  QueueCreatedEvent,
  TaskTemplateEvent,
  TaskTypeEvent,
} from './factory/events.js';
export type { FactoryCounts, FactoryReads } from './factory/read.js';
export type {
  Handler,
  Queue,
  TaskTemplate,
  TaskType,
  TemplateConfig,
  TemplateConfigInput,
} from './factory/types.js';
export type { FactoryPrepares, QueueInput, TaskTypeInput } from './factory/write.js';
export type {
  QueueEvent,
  TaskChangedEvent,
  TaskEnqueuedEvent,
  TaskHeartbeatEvent,
} from './queue/events.js';
export type { IndexReads, QueueReads } from './queue/read.js';
export type { EnqueueInput, NextWork, QueueStatus, Task, TaskState } from './queue/types.js';
export type {
  AttemptInput,
  CompleteInput,
  FailInput,
  HeartbeatInput,
  QueuePrepares,
} from './queue/write.js';
export type {
  CoordinatorEvent,
  OwnerAcceptedEvent,
  OwnerProposedEvent,
  ParamSetEvent,
  RegistryEvent,
} from './registry/events.js';
export type { RegistryReads } from './registry/read.js';
export type { BusyPage, BusyWorker, Coordinator, Leases, WorkerRecord } from './registry/types.js';
export type { CoordinatorInput, RegistryPrepares } from './registry/write.js';
export type { SchedulerReads } from './scheduler/read.js';
export type { CreateAndScheduleInput, ScheduledTask, ScheduledTasks } from './scheduler/types.js';
export type { SchedulerPrepares } from './scheduler/write.js';
export type { CallOptions, WaitOptions } from './sign/call-methods.js';
export { createKeySigner, type KeySignerOptions } from './sign/key-signer.js';
export type { SignedTransaction, Signer, SigningTerms } from './sign/signer.js';
export type { Submission, Submit, SubmitOptions } from './sign/submit.js';
export { createHttpTransport, type HttpTransportOptions } from './transport/http-transport.js';
export type {
  Account,
  AccountNonces,
  ContractLog,
  ContractLogPage,
  ContractLogQuery,
  ContractRead,
  DroppedTransaction,
  MinedTransaction,
  NodeInfo,
  PendingTransaction,
  ReadOptions,
  RequestOptions,
  TransactionStatus,
  Transport,
} from './transport/transport.js';
export { type CallSize, decideFee, type FeePolicy, measureCall } from './tx/fee-policy.js';
export type { PreparedCall } from './tx/prepared-call.js';
export type { NoArgs } from './tx/read-call.js';
export { makeReceipt, type Receipt } from './tx/receipt.js';
export { decodeEvent, type EventPlace, type EventSource, type FacEvent } from './watch/events.js';
export {
  type EventBatch,
  type EventCursor,
  type FetchEventsOptions,
  makeEventCursor,
} from './watch/fetch-events.js';
export type {
  EnqueuedTask,
  TaskHandle,
  TaskProgress,
  TaskResult,
  WatchTaskOptions,
} from './watch/task-handle.js';
export type { WatchEventsOptions } from './watch/watch-events.js';
