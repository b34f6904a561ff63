import { describe, expect } from 'vitest';
import { itReads } from './case.js';
import { expectText, fetchShaped, get } from './http.js';
import { ACCOUNT } from './schemas/node.js';
import type { TargetFacts } from './target.js';

/** The boot address, which nobody has the key of. */
const nobodyOf = ({ isMainnet }: TargetFacts) =>
  isMainnet ? 'SP000000000000000000002Q6VF78' : 'ST000000000000000000002AMW42H';

describe('GET /v2/accounts/:principal', () => {
  itReads('reads an account without proofs', async (target) => {
    const account = await fetchShaped(target, `/v2/accounts/${target.contract.address}?proof=0`, ACCOUNT);
    expect(account).not.toHaveProperty('balance_proof');
  });

  itReads('adds proofs unless told not to', async (target) => {
    for (const query of ['', '?proof=1']) {
      const account = await fetchShaped(target, `/v2/accounts/${target.contract.address}${query}`, ACCOUNT);
      expect(account).toMatchObject({ balance_proof: expect.any(String), nonce_proof: expect.any(String) });
    }
  });

  itReads('knows contracts, and accounts that never were', async (target) => {
    const { address, name } = target.contract;
    const contract = await fetchShaped(target, `/v2/accounts/${address}.${name}?proof=0`, ACCOUNT);
    expect(contract.nonce).toBe(0);
    const path = `/v2/accounts/${target.contract.address}.nobody-deployed-this?proof=0`;
    const { balance, locked, nonce } = await fetchShaped(target, path, ACCOUNT);
    expect({ balance, locked, nonce }).toEqual({
      balance: `0x${'0'.repeat(32)}`,
      locked: `0x${'0'.repeat(32)}`,
      nonce: 0,
    });
  });

  itReads('refuses an address with a wrong checksum', async (target) => {
    const address = nobodyOf(target);
    const wrong = `${address.slice(0, -1)}${address.endsWith('H') ? 'J' : 'D'}`;
    expectText(await get(target, `/v2/accounts/${wrong}`), 400, /principal/);
  });

  itReads('ignores a tip that is no block id, and does not find one that is not there', async (target) => {
    const path = `/v2/accounts/${target.contract.address}?proof=0`;
    await fetchShaped(target, `${path}&tip=bad`, ACCOUNT);
    await fetchShaped(target, `${path}&tip=latest`, ACCOUNT);
    expectText(await get(target, `${path}&tip=${'ab'.repeat(32)}`), 404, /Chain tip .*not found/);
  });
});
