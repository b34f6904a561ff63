import type { WasmMemory } from './wasm-memory.js';

/** One copy of simnet's whole memory, taken and put back in tens of milliseconds; the buffer is kept. */
export interface MemoryCopy {
  take(): void;
  putBack(): void;
}

export function createMemoryCopy(memory: WasmMemory): MemoryCopy {
  let kept = new Uint8Array(0);
  return {
    take() {
      const live = new Uint8Array(memory.buffer);
      if (kept.byteLength !== live.byteLength) kept = new Uint8Array(live.byteLength);
      kept.set(live);
    },
    putBack() {
      // Memory never shrinks; pages beyond the copy are unknown to the allocator that comes back with it.
      new Uint8Array(memory.buffer).set(kept);
    },
  };
}
