import { type LoadedContracts, type PlannedContract, SDK_CONTRACTS } from './contracts.js';
import { GENERATED_TS, type OutputFile } from './output-file.js';

export interface ContractErrorRow {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
  readonly contract: string;
}

const ERROR_LINE = /^\(define-constant (ERR_[A-Z0-9_]+) \(err u(\d+)\)\)\s*(?:;;\s*(\S.*?))?\s*$/;

/** The table of `(err uN)` of all contracts, out of their sources. */
export const makeErrorTable = ({ batches }: LoadedContracts): OutputFile => {
  const isOurs = ({ name }: PlannedContract): boolean => SDK_CONTRACTS.some((known) => known === name);
  const rows = batches.flatMap((batch) => batch.contracts.filter(isOurs)).flatMap(readErrors);
  assertUnique(rows);
  const lines = [...rows].sort((a, b) => a.code - b.code).map(writeRow);
  return {
    path: 'sdk/src/errors/contract-errors.generated.ts',
    text: [GENERATED_TS, 'export const CONTRACT_ERRORS = [', ...lines, '] as const;', ''].join('\n'),
  };
};

export const readErrors = ({ name: contract, path, source }: PlannedContract): readonly ContractErrorRow[] =>
  source
    .split('\n')
    .filter((line) => line.startsWith('(define-constant ERR_'))
    .map((line) => {
      const [, name, code, meaning] = ERROR_LINE.exec(line) ?? [];
      if (name === undefined || code === undefined || meaning === undefined) {
        throw new Error(`${path}: expected (define-constant ERR_NAME (err uNNNN)) ;; meaning, got: ${line}`);
      }
      return { code: Number(code), name, meaning, contract };
    });

const assertUnique = (rows: readonly ContractErrorRow[]): void => {
  const seen = new Map<number, ContractErrorRow>();
  for (const row of rows) {
    const other = seen.get(row.code);
    if (other !== undefined) {
      throw new Error(`u${row.code} is ${other.contract} ${other.name} and ${row.contract} ${row.name}`);
    }
    seen.set(row.code, row);
  }
};

const writeRow = ({ code, name, meaning, contract }: ContractErrorRow): string =>
  `  { code: ${code}n, name: ${JSON.stringify(name)}, meaning: ${JSON.stringify(meaning)}, contract: ${JSON.stringify(contract)} },`;
