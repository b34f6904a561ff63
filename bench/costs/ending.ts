import type { ClarityValue } from '@stacks/transactions';
import { Cl } from '@stacks/transactions';
import type { Chain } from './measure.js';
import type { People } from './register.js';
import { uintOf } from './task-data.js';

const RUNNING = 3n;
const FIRST_ENDED = 5n;
const SERIES_CANCELLED = 3n;
const MAX_WAKES = 8;

interface Made {
  readonly series: ReadonlySet<bigint>;
  /** The tasks with ids after the one, up to the other. */
  readonly after: bigint;
  readonly upTo: bigint;
}

/** Ends all that was made. */
export function endAll(chain: Chain, people: People, { series, after, upTo }: Made): void {
  for (const n of series) endSeries(chain, people, n);
  // Children first: they are younger than their parents.
  for (let id = upTo; id > after; id--) endTask(chain, people, id);
  const wakes = () => chain.call('task-control', 'release-children', [Cl.uint(MAX_WAKES)], people.worker);
  while (uintOf(wakes().value) > 0n);
}

function endSeries(chain: Chain, { producer }: People, n: bigint): void {
  const record = chain.view('task-scheduler', 'get-series', [Cl.uint(n)]).value;
  const isCancelled =
    record.type === 'some' &&
    record.value.type === 'tuple' &&
    uintOf(record.value.value.status) === SERIES_CANCELLED;
  if (!isCancelled) chain.call('task-scheduler', 'cancel-series', [Cl.uint(n)], producer);
}

function endTask(chain: Chain, { producer, worker, bonded }: People, id: bigint): void {
  const { status, attempts, worker: holder } = chain.state(id);
  if (!attempts || uintOf(status) >= FIRST_ENDED) return;
  if (uintOf(status) !== RUNNING) {
    chain.call('task-control', 'cancel-task', [Cl.uint(id)], producer);
    return;
  }
  const by = isHolder(holder, bonded) ? bonded : worker;
  chain.call('async-queue', 'complete-task', [Cl.uint(id), attempts, Cl.bufferFromHex('')], by);
}

const isHolder = (holder: ClarityValue | undefined, who: string): boolean =>
  holder !== undefined && Cl.serialize(holder) === Cl.serialize(Cl.some(Cl.principal(who)));
