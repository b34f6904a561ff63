import type { SourceCoverage } from './lcov.js';

export interface ContractCoverage {
  readonly name: string;
  readonly functions: Tally;
  readonly lines: Tally;
  readonly missed: readonly string[]; // functions by name, then lines by number and text
}

export interface Tally {
  readonly reached: number;
  readonly all: number;
}

/** What tests must reach of each contract. */
export const LEAST = { functions: 100, lines: 97 } as const; // per cent

/** The coverage of a contract; of one that no test loaded, none. */
export const judgeContract = (
  name: string,
  source: string,
  { lines, functions }: SourceCoverage = { lines: new Map([[1, 0]]), functions: new Map() },
): ContractCoverage => {
  const texts = source.split('\n');
  const missedLines = missedIn(lines).sort((a, b) => a - b);
  return {
    name,
    functions: tallyOf(functions),
    lines: tallyOf(lines),
    missed: [
      ...missedIn(functions).map((fn) => `${name}: function ${fn}`),
      ...missedLines.map((line) => `${name}:${line}: ${texts[line - 1]?.trim()}`),
    ],
  };
};

/** Whether too little of a contract was reached. */
export const isShort = ({ functions, lines }: ContractCoverage): boolean =>
  percentOf(functions) < LEAST.functions || percentOf(lines) < LEAST.lines;

/** A line for each contract and one for all of them. */
export const formatTable = (contracts: readonly ContractCoverage[]): string => {
  const total = (part: 'functions' | 'lines'): Tally => ({
    reached: contracts.reduce((sum, contract) => sum + contract[part].reached, 0),
    all: contracts.reduce((sum, contract) => sum + contract[part].all, 0),
  });
  const rows = [...contracts, { name: 'all', functions: total('functions'), lines: total('lines') }];
  return [
    ['contract', 'functions', '', 'lines', ''],
    ...rows.map(({ name, functions, lines }) => [name, ...cellsOf(functions), ...cellsOf(lines)]),
  ]
    .map(([name = '', ...cells]) =>
      [name.padEnd(22), ...cells.map((cell) => cell.padStart(11))].join('').trimEnd(),
    )
    .join('\n');
};

const cellsOf = (tally: Tally): string[] => [
  `${tally.reached}/${tally.all}`,
  `${percentOf(tally).toFixed(1)} %`,
];

/** Rounded down, so that 100 is said only of what was reached in full. */
const percentOf = ({ reached, all }: Tally): number =>
  all === 0 ? 100 : Math.floor((reached / all) * 1000) / 10;

const tallyOf = (counts: ReadonlyMap<unknown, number>): Tally => ({
  reached: [...counts.values()].filter((count) => count > 0).length,
  all: counts.size,
});

const missedIn = <Key>(counts: ReadonlyMap<Key, number>): Key[] =>
  [...counts].filter(([, count]) => count === 0).map(([key]) => key);
