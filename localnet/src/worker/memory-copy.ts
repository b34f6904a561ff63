import type { SimnetMemory } from './wasm-memory.js';

/** One copy of simnet's whole memory, taken and put back in tens of milliseconds; the buffer is kept. */
export interface MemoryCopy {
  take(): void;
  putBack(): void;
}

export function createMemoryCopy({ bytes, handles }: SimnetMemory): MemoryCopy {
  let kept = new Uint8Array(0);
  let keptHandles: readonly unknown[] = [];
  return {
    take() {
      const live = new Uint8Array(bytes.buffer);
      if (kept.byteLength !== live.byteLength) kept = new Uint8Array(live.byteLength);
      kept.set(live);
      keptHandles = Array.from({ length: handles.length }, (_, index) => handles.get(index));
    },
    putBack() {
      // Memory never shrinks; pages beyond the copy are unknown to the allocator that comes back with it.
      new Uint8Array(bytes.buffer).set(kept);
      for (const [index, value] of keptHandles.entries()) handles.set(index, value);
    },
  };
}
