/** Where clients look for the tip. */
const TIP_PATHS = [
  '/v2/info',
  '/v3/health',
  '/v3/tenures/info',
  '/extended/v1/status',
  '/extended',
  '/extended/v2/blocks',
  '/extended/v2/blocks/latest',
] as const;

export interface FrozenAnswer {
  readonly body: string;
  readonly contentType: string;
}

/** Answers about the tip as they were at one moment, while the chain goes on behind them. */
export interface FrozenTip {
  readonly isFrozen: boolean;
  freeze(handle: (request: Request) => Response | Promise<Response>): Promise<void>;
  thaw(): void;
  /** Null where nothing is frozen. */
  answer(path: string): FrozenAnswer | null;
}

export function createFrozenTip(): FrozenTip {
  let answers = new Map<string, FrozenAnswer>();
  return {
    get isFrozen() {
      return answers.size > 0;
    },
    async freeze(handle) {
      const taken = new Map<string, FrozenAnswer>();
      for (const path of TIP_PATHS) {
        const response = await handle(new Request(`http://localnet${path}`));
        if (!response.ok) continue;
        const contentType = response.headers.get('content-type') ?? 'application/json';
        taken.set(path, { body: await response.text(), contentType });
      }
      answers = taken;
    },
    thaw() {
      answers = new Map();
    },
    answer: (path) => answers.get(path) ?? null,
  };
}
