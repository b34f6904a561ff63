import { validateStacksAddress } from '@stacks/transactions';
import { isMainnetAddress, isNetworkName, NETWORK_URLS, type NetworkName } from './base/network.js';
import { FacError } from './errors/fac-error.js';
import type { Signer } from './sign/signer.js';
import { createHttpTransport } from './transport/http-transport.js';
import type { Transport } from './transport/transport.js';
import type { FeePolicy } from './tx/fee-policy.js';

export interface FacOptions {
  /** A network's name, or the URL of a node or API. No effect with `transport`. @default 'devnet': http://127.0.0.1:20443 */
  readonly network?: NetworkName | (string & {}) | undefined;
  /** Address that deployed the contracts. */
  readonly deployer: string;
  /** Signs calls. Without one there are reads and prepared calls only. @default none */
  readonly signer?: Signer | undefined;
  /** Another way to the chain. @default HTTP */
  readonly transport?: Transport | undefined;
  /** Longest wait for one answer, in milliseconds. No effect with `transport`. @default 10_000 */
  readonly timeoutMs?: number | undefined;
  /** Time between two questions while waiting or watching, in milliseconds. @default 1_000 */
  readonly pollMs?: number | undefined;
  /** What transactions may cost. */
  readonly fees?: FeePolicy | undefined;
}

/** The options as the client reads them. */
export interface CheckedOptions {
  readonly deployer: string;
  readonly signer: Signer | undefined;
  readonly transport: Transport;
  readonly pollMs: number;
  readonly fees: FeePolicy;
}

const DEFAULT_POLL_MS = 1_000;

/** Checks and fills in. Throws `INVALID_OPTION` and `MISMATCH_NETWORK`. */
export const checkOptions = (options: FacOptions): CheckedOptions => {
  const { network = 'devnet', deployer, signer, timeoutMs, pollMs = DEFAULT_POLL_MS, fees = {} } = options;
  if (typeof deployer !== 'string' || !validateStacksAddress(deployer)) {
    const expected = 'a Stacks address';
    throw new FacError('INVALID_OPTION', { option: 'deployer', came: 'something else', expected });
  }
  if (!(pollMs > 0 && Number.isFinite(pollMs))) {
    throw new FacError('INVALID_OPTION', {
      option: 'pollMs',
      came: `${pollMs}`,
      expected: 'milliseconds above 0',
    });
  }
  if (signer !== undefined && isMainnetAddress(signer.address) !== isMainnetAddress(deployer)) {
    throw new FacError('MISMATCH_NETWORK', { signer: signer.address, deployer });
  }
  const nodeUrl = isNetworkName(network) ? NETWORK_URLS[network] : network;
  const transport = options.transport ?? createHttpTransport({ nodeUrl, timeoutMs });
  return { deployer, signer, transport, pollMs, fees };
};
