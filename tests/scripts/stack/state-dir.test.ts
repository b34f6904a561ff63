import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emptyStateDir, removeJournals } from '../../../scripts/stack/state-dir.js';

const makeStateDir = (): string => {
  const stateDir = mkdtempSync(join(tmpdir(), 'fac-state-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  for (const name of ['keeper', 'keeper-2', 'keys', 'logs', 'photos']) {
    mkdirSync(join(stateDir, name));
    writeFileSync(join(stateDir, name, 'file'), '');
  }
  return stateDir;
};

describe('emptyStateDir', () => {
  it('removes what FAC made and leaves what it did not', () => {
    const stateDir = makeStateDir();
    emptyStateDir(stateDir);
    expect(readdirSync(stateDir)).toEqual(['photos']);
  });

  it('does nothing where there is no directory', () => {
    expect(() => emptyStateDir(join(tmpdir(), 'fac-not-there'))).not.toThrow();
  });
});

describe('removeJournals', () => {
  it('keeps keys and logs', () => {
    const stateDir = makeStateDir();
    removeJournals(stateDir);
    expect(readdirSync(stateDir)).toEqual(['keys', 'logs', 'photos']);
  });
});
