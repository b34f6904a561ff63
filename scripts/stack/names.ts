import { DEVNET } from './devnet-accounts.js';

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries(DEVNET).map(([name, { address }]) => [address, name]),
);

/** What an address is called here; the end of it when it is a stranger's. */
export const nameOf = (address: string): string => NAMES.get(address) ?? `…${address.slice(-6)}`;
