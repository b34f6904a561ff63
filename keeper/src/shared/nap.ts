/** A sleep that can be cut short. */
export interface Nap {
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Ends the sleep, or the next one if nobody sleeps now. */
  wake(): void;
}

export function createNap(): Nap {
  let isAwake = false;
  let end: (() => void) | undefined;
  return {
    async sleep(ms, signal) {
      if (!isAwake && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(() => cut(), ms);
          const cut = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', cut);
            resolve();
          };
          end = cut;
          signal.addEventListener('abort', cut);
        });
      }
      isAwake = false;
      end = undefined;
    },
    wake() {
      isAwake = true;
      end?.();
    },
  };
}
