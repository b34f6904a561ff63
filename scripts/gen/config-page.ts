import { OPTION_NAMES, OPTIONS, type Option } from '@fac/keeper';
import { GENERATED_BY, type OutputFile } from './output-file.js';

/** The page of a keeper's options, out of their definitions. */
export const makeConfigPage = (): OutputFile => ({
  path: 'docs/configuration.md',
  text: [
    `<!-- ${GENERATED_BY} -->`,
    '# Configuration of a keeper',
    '',
    'Defaults, then the file (`--config`, or `fac.yaml` in the working directory), then the environment, then flags: the',
    'later one holds. The file is YAML or JSON with the names of the first column. The private key comes from',
    '`FAC_PRIVATE_KEY` or from the key file; it is never a flag and never logged.',
    '',
    '| name | flag | environment | default | meaning | value |',
    '|---|---|---|---|---|---|',
    ...OPTION_NAMES.map((name) => writeRow(name, OPTIONS[name])),
    '',
  ].join('\n'),
});

const writeRow = (name: string, { flag, env, fallback, doc, expected }: Option<unknown>): string => {
  const standard = fallback === undefined ? 'must be given' : fallback === '' ? 'none' : `\`${fallback}\``;
  return `| ${[`\`${name}\``, `\`${flag}\``, `\`${env}\``, standard, doc, expected].join(' | ')} |`;
};
