/** One priority of one queue. Priority 15 is the most urgent. */
export interface Lane {
  readonly queue: bigint;
  readonly priority: bigint;
}

const PRIORITIES = 16n;
const WORD_BITS = 128n;

/** The contract's number of a lane. */
export const encodeLane = ({ queue, priority }: Lane): bigint => queue * PRIORITIES + priority;

/** The queue and the priority of a lane's number. */
export const decodeLane = (lane: bigint): Lane => ({ queue: lane / PRIORITIES, priority: lane % PRIORITIES });

/** The lanes that hold tasks, of the occupancy words of `queue.read.getNext`, in the order of their numbers. */
export const decodeOccupancy = (words: readonly bigint[]): readonly Lane[] =>
  words.flatMap((word, index) =>
    decodeBits(word).map((bit) => decodeLane(BigInt(index) * WORD_BITS + BigInt(bit))),
  );

const decodeBits = (word: bigint): readonly number[] => {
  const digits = word.toString(2);
  return [...digits].flatMap((digit, index) => (digit === '1' ? [digits.length - 1 - index] : [])).reverse();
};
