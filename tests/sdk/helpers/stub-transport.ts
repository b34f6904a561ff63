import type { Transport } from '@fac/sdk';

/** A transport that answers only what a test gives it; anything else throws. */
export const stubTransport = (given: Partial<Transport>): Transport =>
  new Proxy(given as Transport, {
    get: (target, key) => {
      if (key in target) return Reflect.get(target, key);
      return () => {
        throw new Error(`${String(key)} is not expected here`);
      };
    },
  });
