import { decodeLane } from '../base/lane.js';
import { makeBurnHeight, makeStacksHeight, makeTaskId, makeUnixSeconds } from '../errors/make-units.js';
import type { ReadOptions } from '../transport/transport.js';
import { makeContractRef } from '../tx/contract-ref.js';
import { makeReadMethods, type NoArgs, type ReadPort } from '../tx/read-call.js';
import { decodeSeries } from './codec.js';
import type { ScheduledTask, ScheduledTasks, Series } from './types.js';

/** Questions to task-scheduler. */
export interface SchedulerReads {
  readonly getScheduledTasks: (args?: NoArgs, options?: ReadOptions) => Promise<ScheduledTasks>;
  /** `null` when there is no such series; they are numbered from 1n. */
  readonly getSeries: (args: { readonly n: bigint }, options?: ReadOptions) => Promise<Series | null>;
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
    getSeries: async (args, options) => {
      const series = await raw.getSeries(args, options);
      return series === null ? null : decodeSeries(series);
    },
  };
};

const decodeEntry = <Instant extends bigint>(
  { at, lane, id }: RawEntry,
  makeInstant: (value: bigint) => Instant,
): ScheduledTask<Instant> => ({ at: makeInstant(at), id: makeTaskId(id), ...decodeLane(lane) });
