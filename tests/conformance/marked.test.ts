import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && name !== 'marked.test.ts')
  .map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'));
const countOf = (pattern: RegExp) =>
  sources.reduce((sum, source) => sum + (source.match(pattern)?.length ?? 0), 0);

describe('the cases', () => {
  it('need the control of a local node in a quarter at most', () => {
    const all = countOf(/^\s*it[A-Z]\w*\(/gm);
    expect(all).toBeGreaterThan(40);
    expect(countOf(/^\s*itControlled\(/gm) / all).toBeLessThanOrEqual(0.25);
  });

  it('are all of a kind that says what they need', () => {
    expect(countOf(/^\s*(it|test)(\.\w+)*\(/gm)).toBe(0);
  });
});
