/** What is done to a request instead of answering it as a good node would. */
export type FaultAction =
  /** The request is lost on its way: the connection ends, nothing has happened. */
  | { readonly kind: 'drop-request' }
  /** The request is carried out, the answer is lost: the connection ends without one. */
  | { readonly kind: 'drop-response' }
  /** The answer comes late. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** The request arrives twice, as a retrying proxy sends it; the second answer is given. */
  | { readonly kind: 'duplicate' }
  /** 429 as the API's rate limit gives it, with `retry-after` in seconds. */
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds: number }
  /** This status with this text, as a gateway before the node would. */
  | { readonly kind: 'status'; readonly status: number; readonly body: string }
  /** 200 and a page of HTML. */
  | { readonly kind: 'html' };

export interface FaultRule {
  /** A path, `*` for any part of it. Never matches /localnet. */
  readonly path: string;
  readonly method?: string | undefined;
  /** So many requests pass before it begins. @default 0 */
  readonly skip?: number | undefined;
  /** How many requests it meets; null for all. @default 1 */
  readonly times?: number | null | undefined;
  readonly action: FaultAction;
}

export interface ActiveFault extends FaultRule {
  readonly id: string;
  /** Requests it has met. */
  readonly hits: number;
}

/** The rules in force; the first that matches and is not used up acts. */
export interface FaultRules {
  add(rule: FaultRule): string;
  /** Removes one, or all without an id; the number removed. */
  remove(id?: string): number;
  list(): readonly ActiveFault[];
  /** The action for this request, counted. */
  take(method: string, path: string): FaultAction | null;
}

const MAX_RULES = 100;

interface Counted {
  readonly rule: FaultRule;
  readonly parts: readonly string[];
  seen: number;
  hits: number;
}

export function createFaultRules(): FaultRules {
  const rules = new Map<string, Counted>();
  let nextId = 1;

  return {
    add(rule) {
      if (rules.size >= MAX_RULES) throw new RangeError(`there are ${MAX_RULES} rules already; remove some`);
      const id = `${nextId++}`;
      rules.set(id, { rule, parts: rule.path.split('*'), seen: 0, hits: 0 });
      return id;
    },
    remove(id) {
      if (id !== undefined) return rules.delete(id) ? 1 : 0;
      const count = rules.size;
      rules.clear();
      return count;
    },
    list: () => [...rules].map(([id, { rule, hits }]) => ({ ...rule, id, hits })),
    take(method, path) {
      for (const counted of rules.values()) {
        const { rule, parts } = counted;
        const matches = (rule.method === undefined || rule.method === method) && hasParts(path, parts);
        const times = rule.times === undefined ? 1 : rule.times;
        if (!matches || (times !== null && counted.hits >= times)) continue;
        counted.seen += 1;
        if (counted.seen <= (rule.skip ?? 0)) continue;
        counted.hits += 1;
        return rule.action;
      }
      return null;
    },
  };
}

/**
 * Whether a path is these parts with anything between them. Each is looked for once, after the one before: a regular
 * expression would try every way to spread them.
 */
function hasParts(path: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return path === first;
  if (!path.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = path.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return path.endsWith(last) && path.length - last.length >= from;
}
