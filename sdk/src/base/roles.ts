/** What a coordinator may do. A guardian may pause and never unpause. */
export type Role = 'producer' | 'worker' | 'templateManager' | 'publisher' | 'guardian' | 'admin';

/** The bit of each role in the registry's permission mask. */
export const ROLE_BITS: Readonly<Record<Role, bigint>> = {
  producer: 1n,
  worker: 2n,
  templateManager: 4n,
  publisher: 8n,
  guardian: 16n,
  admin: 32n,
};

/** The permission mask of some roles. */
export const encodeRoles = (roles: readonly Role[]): bigint =>
  roles.reduce((mask, role) => mask | ROLE_BITS[role], 0n);

/** The roles of a permission mask. */
export const decodeRoles = (mask: bigint): readonly Role[] =>
  // Object.keys loses the key type; the record above is exact.
  (Object.keys(ROLE_BITS) as Role[]).filter((role) => (mask & ROLE_BITS[role]) !== 0n);
