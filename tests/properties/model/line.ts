/**
 * A line of tasks: a lane, the tasks due at one instant, or dead letters. Places are numbered from `head` up to, not
 * including, `tail`. The last place is always taken, so a line is empty exactly when `head` is `tail`.
 */
export interface Line {
  head: bigint;
  tail: bigint;
  live: Place[];
}

export interface Place {
  readonly seq: bigint;
  readonly id: bigint;
  /** Whether it carries a series on, which makes it dearer to promote. */
  readonly isLink: boolean;
}

export function createLine(): Line {
  return { head: 1n, tail: 1n, live: [] };
}

/** Puts a task at the end; returns its number. */
export function append(line: Line, id: bigint, isLink: boolean): bigint {
  const seq = line.tail;
  line.live.push({ seq, id, isLink });
  line.tail = seq + 1n;
  return seq;
}

/** Takes the first task out. */
export function shift(line: Line): Place {
  const first = line.live.shift();
  if (!first) throw new Error('the model took a task from an empty line');
  line.head = first.seq + 1n;
  return first;
}

/** Takes a task out of wherever it stands; places without a task at either end are cut off. */
export function remove(line: Line, seq: bigint): void {
  const at = line.live.findIndex((place) => place.seq === seq);
  if (at < 0) throw new Error(`the model has no place ${seq} in this line`);
  line.live.splice(at, 1);
  const first = line.live[0];
  const last = line.live.at(-1);
  if (!first || !last) line.tail = line.head;
  else if (last.seq < seq) line.tail = last.seq + 1n;
  else if (at === 0) line.head = first.seq;
}

/** What the contract stores of a line. */
export function lineRecord(line: Line) {
  return { head: line.head, tail: line.tail, dead: line.tail - line.head - BigInt(line.live.length) };
}
