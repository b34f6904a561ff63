import { isAbsolute, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { LocalnetError } from '../errors.js';
import { readProjectFile } from './project-file.js';

const PUBLISH = z.object({
  'transaction-type': z.literal('contract-publish'),
  'contract-name': z.string(),
  'expected-sender': z.string(),
  cost: z.number().int().nonnegative().default(0),
  path: z.string(),
  'clarity-version': z.number().int().min(1).max(6).default(6),
});

const CALL = z.object({
  'transaction-type': z.literal('contract-call'),
  'contract-id': z.string(),
  'expected-sender': z.string(),
  method: z.string(),
  parameters: z.array(z.string()).default([]),
  cost: z.number().int().nonnegative().default(0),
});

const PLAN = z.object({
  plan: z.object({
    batches: z.array(
      z.object({
        transactions: z.array(z.discriminatedUnion('transaction-type', [PUBLISH, CALL])).default([]),
      }),
    ),
  }),
});

/** One transaction of a plan; `costUstx` is its fee. */
export type PlannedTransaction =
  | {
      readonly kind: 'publish';
      readonly sender: string;
      readonly costUstx: bigint;
      readonly contractName: string;
      readonly source: string;
      readonly clarityVersion: number;
    }
  | {
      readonly kind: 'call';
      readonly sender: string;
      readonly costUstx: bigint;
      readonly contractId: string;
      readonly functionName: string;
      /** Clarity text. */
      readonly parameters: readonly string[];
    };

/** Reads a clarinet deployment plan and the sources it names, in the order of its batches. */
export async function readDeploymentPlan(
  path: string,
  projectDir: string,
): Promise<readonly PlannedTransaction[]> {
  const text = await readProjectFile(path, 'the plan of what to deploy (--no-deploy starts without)');
  const plan = PLAN.safeParse(parseYaml(text, path));
  if (!plan.success) throw new LocalnetError('INVALID_PLAN', `${path}: ${z.prettifyError(plan.error)}`);
  const transactions = plan.data.plan.batches.flatMap((batch) => batch.transactions);
  return Promise.all(
    transactions.map(async (planned): Promise<PlannedTransaction> => {
      const sender = planned['expected-sender'];
      const costUstx = BigInt(planned.cost);
      if (planned['transaction-type'] === 'contract-call') {
        const { method, parameters } = planned;
        return {
          kind: 'call',
          sender,
          costUstx,
          contractId: planned['contract-id'],
          functionName: method,
          parameters,
        };
      }
      const file = isAbsolute(planned.path) ? planned.path : join(projectDir, planned.path);
      return {
        kind: 'publish',
        sender,
        costUstx,
        contractName: planned['contract-name'],
        source: await readProjectFile(file, `the source of ${planned['contract-name']}`),
        clarityVersion: planned['clarity-version'],
      };
    }),
  );
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new LocalnetError('INVALID_PLAN', `${path}: ${String(cause)}`, { cause });
  }
}
