import type { Call } from '../chain/call.js';
import { executeTask } from '../chain/call-scheduler.js';
import { isDueNow } from '../model/execution.js';
import { isLate } from '../model/judging.js';
import type { State } from '../model/records.js';
import { ACCESS, isIdle, ROLE, STATUS } from '../model/records.js';
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
      return id === undefined ? undefined : executeTask(worker(w), id, `${w.wallets[0]}.price-condition`);
    },
  ],
};
