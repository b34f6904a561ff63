import { Cl } from '@stacks/transactions';
import * as series from '../model/series.js';
import type { Wish } from '../model/series-record.js';
import { makeCall } from './call.js';

const on = (name: string) => ['task-scheduler', name] as const;

export const createSeries = (by: string, wish: Wish, runs: bigint) =>
  makeCall(
    on('create-series'),
    by,
    [
      ...[wish.template, wish.clock, wish.at, wish.every, runs, wish.reward, wish.policy].map((n) =>
        Cl.uint(n),
      ),
      Cl.bool(wish.overlap),
      Cl.bufferFromHex(wish.payload),
    ],
    (m) => series.createSeries(m, by, wish, runs),
  );

export const topUpSeries = (by: string, n: bigint, runs: bigint) =>
  makeCall(on('top-up-series'), by, [Cl.uint(n), Cl.uint(runs)], (m) => series.topUpSeries(m, by, n, runs));

export const skipNext = (by: string, n: bigint) =>
  makeCall(on('skip-next'), by, [Cl.uint(n)], (m) => series.skipNext(m, by, n));

export const resumeSeries = (by: string, n: bigint) =>
  makeCall(on('resume-series'), by, [Cl.uint(n)], (m) => series.resumeSeries(m, by, n));

export const cancelSeries = (by: string, n: bigint) =>
  makeCall(on('cancel-series'), by, [Cl.uint(n)], (m) => series.cancelSeries(m, by, n));
