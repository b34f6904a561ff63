import { decideFee } from '@fac/sdk';
import { describe, expect, it } from 'vitest';

describe('decideFee', () => {
  it.each([
    ['the floor without an estimate', 300, null, {}, 300n],
    ['the floor above a low estimate', 300, 10n, {}, 300n],
    ['the estimate between floor and cap', 300, 5_000n, {}, 5_000n],
    ['the cap below an absurd estimate', 300, 10n ** 12n, {}, 500_000n],
    ['a cap of one’s own', 300, 5_000n, { capUstx: 1_000n }, 1_000n],
    ['a floor of one’s own', 300, 10n, { ratePerByteUstx: 3n }, 900n],
    ['the floor when the cap is below it', 300, 5_000n, { capUstx: 1n }, 300n],
  ])('takes %s', (_, bytes, estimate, policy, fee) => {
    expect(decideFee(bytes, estimate, policy)).toBe(fee);
  });
});
