import type * as Wasm from '@stacks/clarinet-sdk-wasm';

/** The part of a WebAssembly memory that is used here; `buffer` is a new object after each growth. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/**
 * Simnet's handles of JavaScript's values. Which of them are free, and which hold words it asks for again and again,
 * stands in its memory: each is of no use without the other.
 */
export interface WasmTable {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, value: unknown): void;
}

/** All that a restore must bring back. */
export interface SimnetMemory {
  readonly bytes: WasmMemory;
  readonly handles: WasmTable;
}

export interface LoadedSimnet {
  readonly wasm: typeof Wasm;
  readonly memory: SimnetMemory;
}

type Instantiate = new (...args: unknown[]) => { readonly exports: Readonly<Record<string, unknown>> };

/** What is borrowed from the global object; the compiler's own declarations of it come with the DOM only. */
interface Host {
  WebAssembly: { Instance: Instantiate };
  FinalizationRegistry: unknown;
}

/**
 * Loads simnet's wasm and keeps hold of its memory.
 * Finalizers must not exist then: one that fires after a restore would free a pointer of another time.
 */
export async function loadSimnetWasm(): Promise<LoadedSimnet> {
  const host = globalThis as unknown as Host;
  const { Instance } = host.WebAssembly;
  const finalizers = host.FinalizationRegistry;
  let bytes: WasmMemory | undefined;
  let handles: WasmTable | undefined;
  host.WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args: unknown[]) {
      const instance = new target(...args);
      bytes = instance.exports.memory as WasmMemory | undefined;
      handles = instance.exports.__wbindgen_externrefs as WasmTable | undefined;
      return instance;
    },
  });
  host.FinalizationRegistry = undefined;
  try {
    const wasm = await import('@stacks/clarinet-sdk-wasm');
    if (bytes === undefined || handles === undefined) {
      throw new Error('simnet loaded without exporting its memory');
    }
    return { wasm, memory: { bytes, handles } };
  } finally {
    host.WebAssembly.Instance = Instance;
    host.FinalizationRegistry = finalizers;
  }
}
