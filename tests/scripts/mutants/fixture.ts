import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

/** Removed when the test is over. */
export const makeTemporaryDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'fac-fixture-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const patch = (name: string, killedBy: string, before: string, after: string): readonly [string, string] => [
  `tests/mutants/${name}.patch`,
  [
    `${name} breaks it.`,
    `Killed by: tests/contracts/${killedBy}.test.ts`,
    '',
    '--- a/contracts/sum.clar',
    '+++ b/contracts/sum.clar',
    '@@ -1 +1 @@',
    `-${before}`,
    `+${after}`,
    '',
  ].join('\n'),
];

const TEST = `import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
const source = readFileSync('contracts/sum.clar', 'utf8');`;

const FILES: Readonly<Record<string, string>> = Object.fromEntries([
  ['vitest.config.mjs', `export default { test: { projects: [{ test: { name: 'contracts' } }] } };\n`],
  ['contracts/sum.clar', '(+ a b)\n;; why\n'],
  ['tests/contracts/sum.test.ts', `${TEST}\nit('adds', () => expect(source).toContain('(+ a b)'));\n`],
  [
    'tests/contracts/slow.test.ts',
    `${TEST}\nit('ends', () => source.includes('(+ a b)') || new Promise(() => {}), 600_000);\n`,
  ],
  patch('killed', 'sum', '(+ a b)', '(- a b)'),
  patch('survives', 'sum', ';; why', ';; no reason'),
  patch('stale', 'sum', '(* a b)', '(- a b)'),
  patch('slow', 'slow', '(+ a b)', '(- a b)'),
]);

/** A repository in small: one contract that its tests read as text, and mutants of it. */
export const makeFixture = (): string => {
  const root = makeTemporaryDir();
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'), 'junction');
  return root;
};
