import type { Call } from '../chain/call.js';
import { executeTasks as executeAll, executeTask } from '../chain/call-scheduler.js';
import { isDueNow } from '../model/execution.js';
import { isLate } from '../model/judging.js';
import { turnOf } from '../model/occurrences.js';
import type { State } from '../model/records.js';
import { ACCESS, isIdle, isLink, ROLE, STATUS } from '../model/records.js';
import { mayExecute } from '../model/registry.js';
import type { Command, World } from './command.js';
import { idsWhere, someoneWith, someoneWithout, unknownId } from './command.js';

const isOnchain = (state: State) => (state.access & ACCESS.ONCHAIN) > 0n;
const handlerOf = ({ model }: World) => [...model.codeHashes.keys()][0] ?? '';
const worker = (w: World) => someoneWith(w, ROLE.WORKER) ?? '';

function executeSome(w: World, test: (state: State) => boolean, by = worker(w)): Call | undefined {
  const id = w.dice.pick(idsWhere(w.model, test));
  return id === undefined ? undefined : executeTask(by, id, handlerOf(w));
}

const isReady = ({ model }: World, state: State) =>
  isOnchain(state) && isIdle(state) && isDueNow(model, state) && !isLate(model, state);

export const execute: Command = {
  name: 'execute-task',
  weights: [3, 7],
  right: (w) => executeSome(w, (state) => isReady(w, state)),
  wrong: [
    (w) => executeTask(worker(w), unknownId(w), handlerOf(w)),
    (w) => executeSome(w, (state) => !isOnchain(state)),
    (w) => executeSome(w, (state) => isOnchain(state) && state.status >= STATUS.SUCCEEDED),
    (w) => executeSome(w, (state) => isOnchain(state) && isIdle(state) && !isDueNow(w.model, state)),
    (w) => executeSome(w, (state) => isOnchain(state) && isIdle(state) && isLate(w.model, state)),
    (w) => {
      const by = someoneWithout(w, ROLE.WORKER);
      if (by === undefined || mayExecute(w.model, by)) return undefined;
      return executeSome(w, (state) => isReady(w, state), by);
    },
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, (state) => isReady(w, state)));
      return id === undefined ? undefined : executeTask(worker(w), id, otherHandler(w));
    },
    (w) => executeSome(w, (state) => isLink(state) && isReady(w, state) && isPutOff(w, state)),
  ],
};

const otherHandler = ({ model }: World) => `${model.sink}.price-condition`;
const isPutOff = ({ model }: World, { series }: State) => turnOf(model, series).what === 'put off';

/** Up to five, some among them that are refused. */
export const executeTasks: Command = {
  name: 'execute-tasks',
  weights: [1.5, 4],
  right: (w) => {
    const ready = idsWhere(w.model, (state) => isReady(w, state) && !isLink(state));
    const first = w.dice.pick(ready);
    if (first === undefined) return undefined;
    const others = idsWhere(w.model, (state) => isOnchain(state) || state.status === STATUS.QUEUED);
    const ids = [
      first,
      ...Array.from({ length: w.dice.below(5) }, () => w.dice.pick(w.dice.of(ready, others)) ?? 0n),
    ];
    return executeAll(
      worker(w),
      ids.map((id) => ({ id, handler: w.dice.chance(90) ? handlerOf(w) : otherHandler(w) })),
    );
  },
  wrong: [
    (w) => executeAll(worker(w), []),
    (w) => executeAll(worker(w), [{ id: unknownId(w), handler: handlerOf(w) }]),
    (w) => {
      const by = someoneWithout(w, ROLE.WORKER);
      const id = w.dice.pick(idsWhere(w.model, (state) => isReady(w, state)));
      if (by === undefined || id === undefined || mayExecute(w.model, by)) return undefined;
      return executeAll(by, [{ id, handler: handlerOf(w) }]);
    },
    (w) => {
      const id = w.dice.pick(idsWhere(w.model, (state) => isLink(state) && isReady(w, state)));
      return id === undefined ? undefined : executeAll(worker(w), [{ id, handler: handlerOf(w) }]);
    },
  ],
  didSomething: (ok) => (ok as readonly object[]).some((verdict) => 'ok' in verdict),
};
