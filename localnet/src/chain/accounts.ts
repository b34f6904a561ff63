import type { AccountOf, AccountState } from '../worker/protocol.js';
import type { Engine } from './engine.js';

/**
 * STX accounts as of the tip. What a block may have moved comes with the block, so an answer seldom waits for the
 * worker; others are asked for once.
 */
export interface Accounts {
  get(principal: string): Promise<AccountState>;
  update(changed: readonly AccountOf[]): void;
  /** After the tip has moved to another branch. */
  forget(): void;
}

/** A hundred bytes each; beyond this the cache starts anew. */
const MAX_CACHED = 20_000;

export function createAccounts(engine: Engine): Accounts {
  const cached = new Map<string, AccountState>();
  let age = 0;

  function remember({ principal, ...state }: AccountOf): void {
    // Locked STX is freed by the passing of Bitcoin blocks, which no event tells.
    if (state.lockedUstx > 0n) cached.delete(principal);
    else cached.set(principal, state);
  }

  return {
    async get(principal) {
      const known = cached.get(principal);
      if (known !== undefined) return known;
      const asked = age;
      const state = await engine.ask('account', { principal });
      // A block that came in between may have moved it.
      if (asked === age) {
        if (cached.size >= MAX_CACHED) cached.clear();
        remember({ principal, ...state });
      }
      return state;
    },
    update(changed) {
      age += 1;
      for (const account of changed) remember(account);
    },
    forget() {
      age += 1;
      cached.clear();
    },
  };
}
