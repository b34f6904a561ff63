/** Gives back first what comes before all else in it. A binary heap: `push` and `pop` take log n steps. */
export interface PriorityQueue<T> {
  push(item: T): void;
  pop(): T | undefined;
}

/** Invariant: no item comes before the one at `(index - 1) >> 1`. */
export function createPriorityQueue<T>(comesBefore: (a: T, b: T) => boolean): PriorityQueue<T> {
  const heap: T[] = [];

  /** Puts the item where nothing above it comes later, moving those down. */
  function rise(item: T, from: number): void {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !comesBefore(item, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = item;
  }

  /** Puts the item where nothing below it comes earlier, moving those up. */
  function sink(item: T): void {
    let index = 0;
    for (;;) {
      const left = index * 2 + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (a === undefined) break;
      const [first, at] = b !== undefined && comesBefore(b, a) ? [b, left + 1] : [a, left];
      if (!comesBefore(first, item)) break;
      heap[index] = first;
      index = at;
    }
    heap[index] = item;
  }

  return {
    push(item) {
      rise(item, heap.length);
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) sink(last);
      return first;
    },
  };
}
