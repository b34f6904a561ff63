import { Cl } from '@stacks/transactions';
import { agree } from './agree.js';
import { readRecord, uint } from './chain/read.js';
import { checkLine } from './check-touched.js';
import type { Model } from './model/model.js';
import { dueInstants, dueKey, isDue, isLane } from './model/places.js';
import { CLOCKS } from './model/records.js';

const WORD_BITS = 128n;
const LEVELS = [0n, 1n, 2n, 3n, 4n];
const LANE_UNIT = 2n ** 96n;
/** What the entry of a task that carries a series on adds to its lane. */
const LINK = 2_048n;

/** Lines, places, words and nodes of the index, and the states that name a place. */
export function checkIndex(model: Model): void {
  for (const key of model.lines.keys()) checkLine(model, key);
  checkPlaces(model);
  for (const [i, word] of laneWords(model).entries())
    agree(`occupancy word ${i}`, readRecord('word', uint(i)) ?? 0n, word);
  checkRadix(model);
  for (const [queue, guard] of model.guards)
    agree(`the guard of queue ${queue}`, readRecord('guard', uint(queue)), guard);
}

/** Each task stands where its state says, and its place holds it. */
function checkPlaces(model: Model): void {
  let placed = 0;
  for (const [list, line] of model.lines)
    for (const { seq, id, isLink } of line.live) {
      placed += 1;
      const state = model.states.get(id);
      agree(`the place of task ${id}`, { list: state?.list, seq: state?.seq }, { list, seq });
      const key = Cl.tuple({ list: Cl.uint(list), seq: Cl.uint(seq) });
      const due = ((state?.lane ?? 0n) + (isLink ? LINK : 0n)) * LANE_UNIT + id;
      agree(`slot ${seq} of list ${list}`, readRecord('slot', key), isDue(list) ? due : id);
    }
  const standing = [...model.states.values()].filter(({ seq }) => seq > 0n);
  agree('the number of tasks that have a place', standing.length, placed);
}

export function laneWords(model: Model): readonly bigint[] {
  const words = Array.from({ length: 16 }, () => 0n);
  for (const [key, line] of model.lines)
    if (isLane(key) && line.live.length > 0)
      words[Number(key / WORD_BITS)] = (words[Number(key / WORD_BITS)] ?? 0n) | (1n << (key % WORD_BITS));
  return words;
}

/** A bit of a node is set exactly when a task waits at an instant below it. */
function checkRadix(model: Model): void {
  for (const clock of CLOCKS) {
    const first = dueKey({ clock, at: 0n });
    let used = [...model.lines.keys()]
      .filter((key) => key >= first && key < first + 2n ** 40n)
      .map((key) => key - first);
    let due = dueInstants(model, clock);
    for (const level of LEVELS) {
      const nodes = new Map(used.map((at) => [at / WORD_BITS, 0n]));
      for (const at of due)
        nodes.set(at / WORD_BITS, (nodes.get(at / WORD_BITS) ?? 0n) | (1n << (at % WORD_BITS)));
      for (const [node, word] of nodes) {
        const key = Cl.tuple({ clock: Cl.uint(clock), level: Cl.uint(level), node: Cl.uint(node) });
        agree(`node ${node} of level ${level}, clock ${clock}`, readRecord('radix', key) ?? 0n, word);
      }
      used = [...nodes.keys()];
      due = [...nodes].filter(([, word]) => word > 0n).map(([node]) => node);
    }
  }
}
