import type { ContractInterface, LoadedContracts } from './contracts.js';
import { GENERATED_TS, type OutputFile } from './output-file.js';

/** One `as const` ABI per contract: what callers may reach, in the order of names. */
export const makeAbiFiles = ({ interfaces }: LoadedContracts): readonly OutputFile[] =>
  [...interfaces].map(([name, contractInterface]) => ({
    path: `sdk/src/abi/${name}.generated.ts`,
    text: [
      GENERATED_TS,
      "import type { Abi } from './abi-type.js';",
      '',
      `export const ${camelCase(name)}Abi = ${JSON.stringify(trimInterface(contractInterface), null, 2)} as const satisfies Abi;`,
      '',
    ].join('\n'),
  }));

const trimInterface = ({ functions, maps, variables }: ContractInterface) => ({
  functions: functions
    .filter(({ access }) => access !== 'private')
    .map(({ name, access, args, outputs }) => ({ name, access, args, outputs }))
    .sort(byName),
  maps: maps.map(({ name, key, value }) => ({ name, key, value })).sort(byName),
  variables: variables
    .filter(({ access }) => access === 'variable')
    .map(({ name, type }) => ({ name, type }))
    .sort(byName),
});

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

const camelCase = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
