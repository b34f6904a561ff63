import { parse } from 'yaml';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import { NEWEST_VERSION } from './clarity-version.js';
import { CONTRACT_NAME } from './contract-name.js';

const whole = z.union([z.number().int().nonnegative(), z.bigint().nonnegative()]);
const clarityVersion = z.number().int().min(1).max(NEWEST_VERSION).default(NEWEST_VERSION);
const parameters = z.array(z.string()).default([]);

const TRANSACTION = z.discriminatedUnion('transaction-type', [
  z.object({
    'transaction-type': z.literal('contract-publish'),
    'contract-name': CONTRACT_NAME,
    'expected-sender': z.string(),
    cost: whole.default(0),
    path: z.string(),
    'clarity-version': clarityVersion,
  }),
  z.object({
    'transaction-type': z.literal('requirement-publish'),
    'contract-id': z.string(),
    'remap-sender': z.string(),
    'remap-principals': z.record(z.string(), z.string()).default({}),
    cost: whole.default(0),
    path: z.string(),
    'clarity-version': clarityVersion,
  }),
  z.object({
    'transaction-type': z.literal('emulated-contract-publish'),
    'contract-name': CONTRACT_NAME,
    'emulated-sender': z.string(),
    path: z.string(),
    'clarity-version': clarityVersion,
  }),
  z.object({
    'transaction-type': z.literal('contract-call'),
    'contract-id': z.string(),
    'expected-sender': z.string(),
    method: z.string(),
    parameters,
    cost: whole.default(0),
  }),
  z.object({
    'transaction-type': z.literal('emulated-contract-call'),
    'contract-id': z.string(),
    'emulated-sender': z.string(),
    method: z.string(),
    parameters,
  }),
  z.object({
    'transaction-type': z.literal('stx-transfer'),
    'expected-sender': z.string(),
    recipient: z.string(),
    'mstx-amount': whole,
    memo: z
      .string()
      .regex(/^(0x)?([0-9a-fA-F]{2}){0,34}$/, 'expected up to 34 bytes in hex')
      .default(''),
    cost: whole.default(0),
  }),
]);

export type PlanEntry = z.infer<typeof TRANSACTION>;

const PLAN = z.object({
  plan: z.object({
    batches: z.array(
      z.object({
        transactions: z.array(z.preprocess(flatten, TRANSACTION)).default([]),
      }),
    ),
  }),
});

/** Reads a clarinet deployment plan: its transactions in the order of its batches. */
export function parsePlanFile(text: string, path: string): readonly PlanEntry[] {
  const plan = PLAN.safeParse(parseYaml(text, path));
  if (!plan.success) throw new LocalnetError('INVALID_PLAN', `${path}: ${z.prettifyError(plan.error)}`);
  return plan.data.plan.batches.flatMap((batch) => batch.transactions);
}

/** Up to 3.13, clarinet wrote `contract-publish: {…}` for what is `transaction-type: contract-publish` and its fields. */
function flatten(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null || 'transaction-type' in entry) return entry;
  const [only, ...more] = Object.entries(entry);
  if (only === undefined || more.length > 0) return entry;
  const [kind, fields] = only;
  return { 'transaction-type': kind, ...fields };
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text, { intAsBigInt: false });
  } catch (cause) {
    throw new LocalnetError('INVALID_PLAN', `${path}: ${String(cause)}`, { cause });
  }
}
