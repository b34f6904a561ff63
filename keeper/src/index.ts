export { type Config, type ConfigInput, loadConfig } from './config/load-config.js';
export { OPTION_NAMES, OPTIONS, type Option, type OptionName, type Settings } from './config/options.js';
export {
  FAILURE_CODES,
  type Handler,
  type HandlerContext,
  type Handlers,
  type Task,
  TaskFailure,
  type TaskFailureOptions,
} from './execute/handler.js';
export type {
  Decision,
  DeferReason,
  Deferred,
  Intent,
  Lease,
  Mend,
  Outcome,
  Plan,
  Snapshot,
  Submission,
} from './flow.js';
export {
  checkReady,
  createKeeper,
  type Keeper,
  type KeeperOptions,
  type ReadyOptions,
  type ReadyQueues,
  type Tick,
} from './keeper.js';
export { planNext } from './plan/plan-next.js';
export type { Policy } from './plan/policy.js';
export { type RunKeeperOptions, runKeeper } from './run-keeper.js';
export { createDraw, type Draw } from './shared/draw.js';
export { describeError, isKeeperError, KeeperError, type KeeperErrorCode } from './shared/errors.js';
export { type Log, type LogFields, silentLog } from './shared/log.js';
export { createNap, type Nap } from './shared/nap.js';
export type { Db, Durability } from './store/db.js';
export { type OpenStoreOptions, openStore } from './store/open-store.js';
