import type { Command } from './command.js';
import * as configuring from './configuring.js';
import * as managing from './managing.js';
import * as producing from './producing.js';
import * as scheduling from './scheduling.js';
import * as working from './working.js';

export const COMMANDS: readonly Command[] = [
  managing.registerCoordinator,
  managing.updatePermissions,
  managing.setCapacity,
  managing.setParam,
  managing.proposeOwner,
  managing.acceptOwner,
  configuring.createTaskType,
  configuring.createQueue,
  configuring.createTemplate,
  configuring.updateTemplate,
  producing.enqueue,
  producing.createAndSchedule,
  producing.cancel,
  working.dequeue,
  working.dequeueFrom,
  working.heartbeat,
  working.complete,
  working.fail,
  working.reclaim,
  scheduling.schedule,
  scheduling.scheduleOn,
  scheduling.unschedule,
  scheduling.cancelScheduled,
  scheduling.trigger,
  scheduling.mineStacksBlocks,
  scheduling.mineBurnBlocks,
  scheduling.mineUntilDue,
];
