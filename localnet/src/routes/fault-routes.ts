import type { Hono } from 'hono';
import { z } from 'zod';
import type { FeeMarket } from '../chain/fee-market.js';
import { LocalnetError } from '../errors.js';
import type { FaultRules } from '../faults/fault-rules.js';
import type { FrozenTip } from '../faults/frozen-tip.js';
import { addCommand } from './command.js';

export interface Faults {
  readonly rules: FaultRules;
  readonly frozenTip: FrozenTip;
  readonly feeMarket: FeeMarket;
  readonly handle: (request: Request) => Response | Promise<Response>;
}

/** A client that waits longer has given up long before. */
const MAX_DELAY_MS = 600_000;
const MAX_FEE_RATE = 1_000_000;

const ACTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop-request') }),
  z.strictObject({ kind: z.literal('drop-response') }),
  z.strictObject({ kind: z.literal('delay'), delay_ms: z.number().int().min(0).max(MAX_DELAY_MS) }),
  z.strictObject({ kind: z.literal('duplicate') }),
  z.strictObject({ kind: z.literal('rate-limit'), retry_after: z.number().int().min(0).default(1) }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.number().int().min(400).max(599),
    body: z.string().max(100_000).default('upstream error'),
  }),
  z.strictObject({ kind: z.literal('html') }),
]);
const RULE = z.strictObject({
  path: z.string().startsWith('/').max(500),
  method: z.enum(['GET', 'POST', 'OPTIONS']).optional(),
  skip: z.number().int().min(0).optional(),
  times: z.number().int().min(1).nullable().optional(),
  action: ACTION,
});
const CLEAR = z.strictObject({ id: z.string().optional() });
const FREEZE = z.strictObject({ frozen: z.boolean() });
const FEES = z.strictObject({ ustx_per_byte: z.number().min(1).max(MAX_FEE_RATE) });

/** How the node is told to misbehave; only there with `--faults`. */
export function addFaultRoutes(app: Hono, { rules, frozenTip, feeMarket, handle }: Faults): void {
  const state = () => ({
    rules: rules.list().map(({ action, ...rule }) => ({ ...rule, action: actionJson(action) })),
    frozen: frozenTip.isFrozen,
    ustx_per_byte: feeMarket.ustxPerByte,
  });

  app.get('/localnet/faults', (c) => c.json(state()));
  addCommand(app, '/localnet/faults', RULE, async ({ action, ...rule }) => {
    try {
      return { id: rules.add({ ...rule, action: actionOf(action) }) };
    } catch (cause) {
      throw new LocalnetError('INVALID_REQUEST', String(cause), { cause });
    }
  });
  addCommand(app, '/localnet/faults/clear', CLEAR, async ({ id }) => ({ removed: rules.remove(id) }));
  addCommand(app, '/localnet/tip', FREEZE, async ({ frozen }) => {
    if (frozen) await frozenTip.freeze(handle);
    else frozenTip.thaw();
    return state();
  });
  addCommand(app, '/localnet/fees', FEES, async ({ ustx_per_byte }) => {
    feeMarket.ustxPerByte = ustx_per_byte;
    return state();
  });
}

function actionOf(action: z.output<typeof ACTION>) {
  switch (action.kind) {
    case 'delay':
      return { kind: action.kind, delayMs: action.delay_ms };
    case 'rate-limit':
      return { kind: action.kind, retryAfterSeconds: action.retry_after };
    default:
      return action;
  }
}

function actionJson(action: ReturnType<FaultRules['list']>[number]['action']) {
  switch (action.kind) {
    case 'delay':
      return { kind: action.kind, delay_ms: action.delayMs };
    case 'rate-limit':
      return { kind: action.kind, retry_after: action.retryAfterSeconds };
    default:
      return action;
  }
}
