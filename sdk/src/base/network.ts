/** Networks known by name. A devnet's accounts are a testnet's. */
export type NetworkName = 'devnet' | 'testnet' | 'mainnet';

/** Where each network is by default; on a devnet, where `fac-localnet` listens. */
export const NETWORK_URLS: Readonly<Record<NetworkName, string>> = {
  devnet: 'http://127.0.0.1:20443',
  testnet: 'https://api.testnet.hiro.so',
  mainnet: 'https://api.hiro.so',
};

export const isNetworkName = (value: string): value is NetworkName => Object.hasOwn(NETWORK_URLS, value);

/** Whether an address belongs to mainnet; addresses of testnets and devnets look alike. */
export const isMainnetAddress = (address: string): boolean => /^S[PM]/.test(address);
