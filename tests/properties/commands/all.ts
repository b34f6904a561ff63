import type { Command } from './command.js';
import * as configuring from './configuring.js';
import * as creatingSeries from './creating-series.js';
import * as executing from './executing.js';
import * as governing from './governing.js';
import * as intruding from './intruding.js';
import * as keeping from './keeping.js';
import * as keepingSeries from './keeping-series.js';
import * as managing from './managing.js';
import * as mining from './mining.js';
import * as producing from './producing.js';
import * as scheduling from './scheduling.js';
import * as subscriptions from './subscriptions.js';
import * as taking from './taking.js';
import * as topics from './topics.js';
import * as working from './working.js';

export const COMMANDS: readonly Command[] = [
  managing.registerCoordinator,
  managing.updatePermissions,
  managing.setCapacity,
  managing.setParam,
  managing.proposeOwner,
  managing.acceptOwner,
  governing.suspend,
  governing.reinstate,
  governing.remove,
  governing.pause,
  governing.unpause,
  governing.join,
  governing.leave,
  governing.withdrawBond,
  governing.withdrawSink,
  configuring.createTaskType,
  configuring.createQueue,
  configuring.createTemplate,
  configuring.updateTemplate,
  configuring.setActive,
  configuring.transferTemplate,
  producing.enqueue,
  producing.enqueueTasks,
  producing.createAndSchedule,
  producing.cancel,
  taking.dequeue,
  taking.dequeueFrom,
  taking.claim,
  working.heartbeat,
  working.complete,
  working.fail,
  working.release,
  working.reclaim,
  executing.execute,
  executing.executeTasks,
  keeping.completeTasks,
  keeping.cancelTasks,
  keeping.expireTasks,
  keeping.setPriority,
  keeping.topUp,
  keeping.requeue,
  keeping.releaseChildren,
  keeping.withdrawCredits,
  scheduling.schedule,
  scheduling.scheduleOn,
  scheduling.unschedule,
  scheduling.cancelScheduled,
  scheduling.trigger,
  creatingSeries.createSeries,
  keepingSeries.topUpSeries,
  keepingSeries.skipNext,
  keepingSeries.resumeSeries,
  keepingSeries.cancelSeries,
  topics.createTopic,
  topics.publish,
  topics.awaitTopic,
  topics.deliver,
  subscriptions.subscribe,
  subscriptions.topUpSubscription,
  subscriptions.unsubscribe,
  intruding.intrude,
  mining.mineStacksBlocks,
  mining.mineBurnBlocks,
  mining.mineUntilDue,
  mining.mineUntilFree,
];
