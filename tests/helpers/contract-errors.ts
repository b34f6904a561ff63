import { readFileSync } from 'node:fs';

/** The short name of each contract, and its file. */
export const CONTRACTS = {
  registry: 'coordinator-registry',
  factory: 'async-task-factory',
  index: 'task-index',
  graph: 'task-graph',
  queue: 'async-queue',
  control: 'task-control',
  overview: 'task-overview',
  scheduler: 'task-scheduler',
  topics: 'task-topics',
} as const;

export type Contract = keyof typeof CONTRACTS;

/** The sample handlers in contracts/examples. */
export const EXAMPLES = ['chained-job', 'heartbeat-counter', 'price-condition', 'vesting-payout'] as const;

export type Example = (typeof EXAMPLES)[number];

/** An error by the contract that defines it: several contracts have an ERR_NOT_OWNER. */
export type ErrorName = `${Contract | Example}.ERR_${string}`;

export interface ErrorConstant<C extends Contract | Example = Contract> {
  readonly contract: C;
  readonly name: ErrorName;
  readonly code: bigint;
  readonly comment: string | undefined;
}

/** The source of a contract. */
export function sourceOf(contract: Contract): string {
  return readContract(CONTRACTS[contract]);
}

/** Every `(define-constant ERR_X (err uN))` of the contracts, as their sources have them. */
export const ERRORS: readonly ErrorConstant[] = (Object.keys(CONTRACTS) as Contract[]).flatMap((contract) =>
  errorsIn(contract, sourceOf(contract)),
);

/** The same of the sample handlers. */
export const EXAMPLE_ERRORS: readonly ErrorConstant<Example>[] = EXAMPLES.flatMap((example) =>
  errorsIn(example, readContract(`examples/${example}`)),
);

const NAMED = [...ERRORS, ...EXAMPLE_ERRORS];

/** The name of an error code; a value that is no contract's code stays as it is. */
export function errorName<T>(code: T): T | ErrorName {
  return NAMED.find((error) => error.code === (code as unknown))?.name ?? code;
}

/** Throws unless a contract defines this error, so that a misspelt expectation cannot pass for a refusal. */
export function assertErrorName(name: ErrorName): void {
  if (!NAMED.some((error) => error.name === name)) throw new Error(`no contract defines ${name}`);
}

function readContract(path: string): string {
  return readFileSync(new URL(`../../contracts/${path}.clar`, import.meta.url), 'utf8');
}

function errorsIn<C extends Contract | Example>(contract: C, source: string): ErrorConstant<C>[] {
  return [...source.matchAll(/^\(define-constant (ERR_\w+) \(err u(\d+)\)\)(?: ;; (.+))?$/gm)].map(
    ([, name, code, comment]) => ({
      contract,
      name: `${contract}.${name}` as ErrorName,
      code: BigInt(code ?? 0),
      comment,
    }),
  );
}
