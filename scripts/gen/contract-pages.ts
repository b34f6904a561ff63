import {
  type ContractInterface,
  type LoadedContracts,
  type PlannedContract,
  SDK_CONTRACTS,
} from './contracts.js';
import { readErrors } from './error-table.js';
import { GENERATED_BY, type OutputFile } from './output-file.js';
import { readContractSource, type Section } from './read-contract-source.js';

const NOTE = `<!-- ${GENERATED_BY} -->`;

/** A page for each contract out of its comments and its ABI, and one page of all errors. */
export const makeContractPages = ({ interfaces, batches }: LoadedContracts): readonly OutputFile[] => {
  const contracts = batches
    .flatMap((batch) => batch.contracts)
    .filter(({ name }) => SDK_CONTRACTS.some((known) => known === name));
  return [
    ...contracts.map((contract) => makePage(contract, interfaces.get(contract.name))),
    makeErrorsPage(contracts),
  ];
};

const makePage = (contract: PlannedContract, found: ContractInterface | undefined): OutputFile => {
  if (found === undefined) throw new Error(`${contract.name} has no interface`);
  const { facts, story, sections } = readContractSource(contract.source);
  const errors = readErrors(contract);
  return {
    path: `docs/contracts/${contract.name}.md`,
    text: `${[
      NOTE,
      `# ${contract.name}`,
      `From [\`${contract.path}\`](../../${contract.path}).`,
      facts.map(([name, text]) => `- **${name}:** ${text}`).join('\n'),
      ...(story === '' ? [] : [story]),
      ...sections.flatMap((section) => writeSection(section, found)),
      ...(errors.length === 0 ? [] : ['## Errors', writeErrors(errors)]),
    ].join('\n\n')}\n`,
  };
};

const writeSection = (
  { title, functions }: Section,
  { functions: known }: ContractInterface,
): readonly string[] => {
  const rows = functions.flatMap(({ name, comment }) => {
    const abi = known.find((candidate) => candidate.name === name && candidate.access !== 'private');
    return abi === undefined ? [] : [{ comment, abi }];
  });
  if (rows.length === 0) return [];
  return [
    `## ${title}`,
    ...rows.flatMap(({ comment, abi }) => [
      `### ${abi.name}`,
      [
        '```',
        ...abi.args.map(({ name, type }) => `${name}: ${typeText(type)}`),
        `-> ${typeText(abi.outputs.type)}`,
        '```',
      ].join('\n'),
      ...(comment === '' ? [] : [comment]),
    ]),
  ];
};

const makeErrorsPage = (contracts: readonly PlannedContract[]): OutputFile => ({
  path: 'docs/errors.md',
  text: `${[
    NOTE,
    '# Errors of the contracts',
    'Each number means one thing in the whole project. The SDK throws them by name, with their meaning and the call that refused.',
    ...contracts.flatMap((contract) => {
      const errors = readErrors(contract);
      return errors.length === 0
        ? []
        : [`## [${contract.name}](contracts/${contract.name}.md)`, writeErrors(errors)];
    }),
    '## Codes of an attempt',
    [
      'The `code` of a task says why its last attempt did not succeed. Workers and handlers choose theirs below 1000.',
      '',
      '| code | meaning |',
      '|---|---|',
      '| 1209 | a parent did not succeed: the child was cancelled |',
      '| 1300 | the code of the handler is not the one that the template pins |',
      '| 2000–2128 | the handler moved what it may not: 2000 + the number of the allowance, 2128 for one it had none for |',
      '| 2200–2201 | the handler asked for a further step and could have none; the task succeeded |',
    ].join('\n'),
  ].join('\n\n')}\n`,
});

const writeErrors = (
  errors: readonly { readonly code: number; readonly name: string; readonly meaning: string }[],
): string =>
  [
    '| code | name | meaning |',
    '|---|---|---|',
    ...errors.map(({ code, name, meaning }) => `| u${code} | \`${name}\` | ${meaning} |`),
  ].join('\n');

type AbiType = ContractInterface['functions'][number]['outputs']['type'];

/** A type as Clarity writes it. */
const typeText = (type: AbiType): string => {
  if (typeof type === 'string') return type === 'uint128' ? 'uint' : type === 'int128' ? 'int' : type;
  if ('buffer' in type) return `(buff ${type.buffer.length})`;
  if ('string-ascii' in type) return `(string-ascii ${type['string-ascii'].length})`;
  if ('string-utf8' in type) return `(string-utf8 ${type['string-utf8'].length})`;
  if ('optional' in type) return `(optional ${typeText(type.optional)})`;
  if ('response' in type) return `(response ${typeText(type.response.ok)} ${typeText(type.response.error)})`;
  if ('list' in type) return `(list ${type.list.length} ${typeText(type.list.type)})`;
  if ('tuple' in type)
    return `{${type.tuple.map(({ name, type: field }) => `${name}: ${typeText(field)}`).join(', ')}}`;
  throw new Error(`unknown type in an ABI: ${JSON.stringify(type)}`);
};
