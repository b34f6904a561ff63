export type { Access } from './base/access.js';
export { type Activity, decodeActivities, encodeActivities } from './base/activities.js';
export { CLOCKS, type Clock } from './base/clock.js';
export { GATES, type Gate } from './base/gate.js';
export { decodeLane, decodeOccupancy, encodeLane, type Lane } from './base/lane.js';
export type { NetworkName } from './base/network.js';
export type { QueueKind, WorkerClass } from './base/queue-kind.js';
export { decodeRoles, encodeRoles, type Role } from './base/roles.js';
export type { MissedRuns, SeriesStatus } from './base/series.js';
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
  type FacTopics,
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
  TaskMadeEvent,
  TaskTemplateEvent,
  TaskTypeEvent,
  TemplateChangedEvent,
} from './factory/events.js';
export type { FactoryCounts, FactoryReads } from './factory/read.js';
export type {
  Execution,
  Handler,
  Queue,
  Task,
  TaskTemplate,
  TaskType,
  TemplateConfig,
  TemplateConfigInput,
} from './factory/types.js';
export type { FactoryPrepares, QueueInput, TaskTypeInput } from './factory/write.js';
export type {
  ControlPrepares,
  FailInput,
  HeartbeatInput,
  RequeueInput,
  TopUpInput,
} from './queue/control.js';
export type {
  ControlEvent,
  CreditsWithdrawnEvent,
  QueueEvent,
  SeriesDrainedEvent,
  SeriesFundedEvent,
  TaskChangedEvent,
  TaskProgressedEvent,
} from './queue/events.js';
export type { GraphReads, IndexReads, QueueReads } from './queue/read.js';
export type {
  AttemptInput,
  EnqueueInput,
  EnqueueItem,
  Explanation,
  Family,
  NextWork,
  Now,
  QueueStatus,
  TaskState,
} from './queue/types.js';
export type { CompleteInput, QueuePrepares } from './queue/write.js';
export type {
  BondChangedEvent,
  BondCutEvent,
  BondWithdrawnEvent,
  CoordinatorEvent,
  OwnerAcceptedEvent,
  OwnerProposedEvent,
  ParamSetEvent,
  PausesChangedEvent,
  RegistryEvent,
  SinkWithdrawnEvent,
  WorkerStoodDownEvent,
} from './registry/events.js';
export type { RegistryReads } from './registry/read.js';
export type { Bond, BusyPage, BusyWorker, Coordinator, Leases, WorkerRecord } from './registry/types.js';
export type { CoordinatorInput, RegistryPrepares } from './registry/write.js';
export type { SchedulerEvent, SeriesEvent } from './scheduler/events.js';
export type { SchedulerReads } from './scheduler/read.js';
export type {
  CreateAndScheduleInput,
  CreateSeriesInput,
  ExecuteInput,
  ScheduledTask,
  ScheduledTasks,
  Series,
  TopUpSeriesInput,
} from './scheduler/types.js';
export type { SchedulerPrepares } from './scheduler/write.js';
export type { CallOptions, WaitOptions } from './sign/call-methods.js';
export { createKeySigner, type KeySignerOptions } from './sign/key-signer.js';
export type { SignedTransaction, Signer, SigningTerms } from './sign/signer.js';
export type { Submission, Submit, SubmitOptions } from './sign/submit.js';
export type {
  SubscriptionChangedEvent,
  SubscriptionEndedEvent,
  SubscriptionFiredEvent,
  TopicAwaitedEvent,
  TopicChangedEvent,
  TopicPublishedEvent,
  TopicsEvent,
} from './topics/events.js';
export type { TopicsReads } from './topics/read.js';
export type {
  LaggingPage,
  Publication,
  SubscribeInput,
  Subscription,
  Topic,
  TopUpSubscriptionInput,
  WaitingPlace,
} from './topics/types.js';
export type { TopicsPrepares } from './topics/write.js';
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
