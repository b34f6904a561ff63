import { describe, expect, it } from 'vitest';
import { createFaultRules } from '../../localnet/src/faults/fault-rules.js';

const meets = (pattern: string, path: string) => {
  const rules = createFaultRules();
  rules.add({ path: pattern, action: { kind: 'html' } });
  return rules.take('GET', path) !== null;
};

describe('the path of a fault', () => {
  it.each([
    ['/v2/info', '/v2/info', true],
    ['/v2/info', '/v2/info/', false],
    ['/v2/*', '/v2/', true],
    ['/v2/*', '/v2/accounts/x', true],
    ['/v2/*', '/v3/info', false],
    ['*/info', '/v2/info', true],
    ['*/info', '/v2/info/x', false],
    ['/v2/*/*/get', '/v2/a/b/get', true],
    ['/v2/*/*/get', '/v2/a/get', false],
    ['/a*a', '/a', false],
    ['/v2/(.*', '/v2/x', false],
  ])('%s of %s: %s', (pattern, path, isMet) => {
    expect(meets(pattern, path)).toBe(isMet);
  });

  it('is compared at once, however many stars it has', () => {
    expect(meets(`/${'*a'.repeat(200)}`, `/${'a'.repeat(8_000)}b`)).toBe(false);
  });
});
