import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeScratchCopy } from '../../../scripts/mutants/scratch-copy.js';
import { makeFixture } from './fixture.js';

describe('makeScratchCopy', () => {
  it('copies what the tests need, not what is built, and no keys', () => {
    const root = makeFixture();
    for (const dir of ['.git', '.build', 'settings']) mkdirSync(join(root, dir));
    for (const name of ['Devnet.toml', 'Testnet.toml']) writeFileSync(join(root, 'settings', name), '');

    const copy = makeScratchCopy(root);
    onTestFinished(copy.remove);

    expect(readdirSync(copy.dir).sort()).toEqual([
      'contracts',
      'node_modules',
      'settings',
      'tests',
      'vitest.config.mjs',
    ]);
    expect(readdirSync(join(copy.dir, 'settings'))).toEqual(['Devnet.toml']);
    expect(readFileSync(join(copy.dir, 'contracts/sum.clar'), 'utf8')).toBe('(+ a b)\n;; why\n');
  });

  it('is removed without what it links', () => {
    const root = makeFixture();
    const copy = makeScratchCopy(root);

    copy.remove();

    expect(existsSync(copy.dir)).toBe(false);
    expect(existsSync(join(root, 'node_modules/vitest/package.json'))).toBe(true);
  });
});
