import { decodeLane } from '../base/lane.js';
import { makeBurnHeight, makeStacksHeight, makeTaskId, makeUnixSeconds } from '../errors/make-units.js';
import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type NoArgs, type ReadPort } from '../tx/read-call.js';
import type { ScheduledTask, ScheduledTasks } from './types.js';

/** Questions to task-scheduler. */
export interface SchedulerReads {
  readonly getScheduledTasks: (args?: NoArgs, options?: ReadOptions) => Promise<ScheduledTasks>;
}

interface RawEntry {
  readonly at: bigint;
  readonly lane: bigint;
  readonly id: bigint;
}

export const makeSchedulerReads = (deployer: string, port: ReadPort): SchedulerReads => {
  const raw = makeReadMethods(makeContractRef(deployer, 'task-scheduler'), port);
  return {
    getScheduledTasks: async (args, options) => {
      const { stacks, burn, time } = await raw.getScheduledTasks(args, options);
      return {
        stacks: stacks.map((entry) => decodeEntry(entry, makeStacksHeight)),
        burn: burn.map((entry) => decodeEntry(entry, makeBurnHeight)),
        time: time.map((entry) => decodeEntry(entry, makeUnixSeconds)),
      };
    },
  };
};

const decodeEntry = <Instant extends bigint>(
  { at, lane, id }: RawEntry,
  makeInstant: (value: bigint) => Instant,
): ScheduledTask<Instant> => ({ at: makeInstant(at), id: makeTaskId(id), ...decodeLane(lane) });
