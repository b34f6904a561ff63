import type * as Wasm from '@stacks/clarinet-sdk-wasm';

/** The part of a WebAssembly memory that is used here; `buffer` is a new object after each growth. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export interface LoadedSimnet {
  readonly wasm: typeof Wasm;
  readonly memory: WasmMemory;
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
  let memory: WasmMemory | undefined;
  host.WebAssembly.Instance = new Proxy(Instance, {
    construct(target, args: unknown[]) {
      const instance = new target(...args);
      memory = instance.exports.memory as WasmMemory | undefined;
      return instance;
    },
  });
  host.FinalizationRegistry = undefined;
  try {
    const wasm = await import('@stacks/clarinet-sdk-wasm');
    if (memory === undefined) throw new Error('simnet loaded without exporting its memory');
    return { wasm, memory };
  } finally {
    host.WebAssembly.Instance = Instance;
    host.FinalizationRegistry = finalizers;
  }
}
