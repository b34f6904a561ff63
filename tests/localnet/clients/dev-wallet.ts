import type { MethodParamsRaw, MethodsRaw } from '@stacks/connect/dist/types/methods.js';
import type { StacksProvider } from '@stacks/connect/dist/types/types/provider.js';
import type { StacksNetwork } from '@stacks/network';
import {
  broadcastTransaction,
  deserializeCV,
  deserializeTransaction,
  getAddressFromPrivateKey,
  makeContractCall,
  makeContractDeploy,
  makeSTXTokenTransfer,
  privateKeyToPublic,
  publicKeyToHex,
  type StacksTransactionWire,
  signStructuredData,
  TransactionSigner,
} from '@stacks/transactions';

export interface DevWalletOptions {
  readonly privateKey: string;
  readonly network: StacksNetwork;
  /** What the user would be asked; false answers as a user who declines. @default approves all */
  readonly approve?: ((method: string) => boolean) | undefined;
}

/** Codes of JSON-RPC and of wallets, as SIP-030 has them. */
const METHOD_NOT_FOUND = -32601;
const INTERNAL_ERROR = -32603;
const USER_REJECTION = -32000;

type Handlers = {
  readonly [M in keyof MethodsRaw]?: (params: MethodParamsRaw<M>) => Promise<MethodsRaw[M]['result']>;
};

/** A wallet of SIP-030 for tests: it holds one key, signs for real and broadcasts to its network. */
export function createDevWallet({ privateKey, network, approve }: DevWalletOptions): StacksProvider {
  const handlers = makeHandlers(privateKey, network);
  return {
    async request(method, params) {
      const fail = (code: number, message: string) =>
        ({ jsonrpc: '2.0', id: null, error: { code, message } }) as const;
      const handle = handlers[method];
      if (handle === undefined) return fail(METHOD_NOT_FOUND, `${method} is no method of this wallet`);
      if (approve?.(method) === false) return fail(USER_REJECTION, 'the user declined');
      try {
        // Connect passes an object of the method's own parameters, or nothing where all are optional, and takes
        // the method's own result; the table of handlers pairs them, which the type of an entry cannot say.
        const result = await handle((params ?? {}) as never);
        return { jsonrpc: '2.0', id: null, result } as never;
      } catch (error) {
        return fail(INTERNAL_ERROR, error instanceof Error ? error.message : String(error));
      }
    },
  };
}

function makeHandlers(privateKey: string, network: StacksNetwork): Handlers {
  const address = getAddressFromPrivateKey(privateKey, network);
  const publicKey = publicKeyToHex(privateKeyToPublic(privateKey));
  const common = { network, senderKey: privateKey };

  const send = async (transaction: StacksTransactionWire) => {
    const answer = await broadcastTransaction({ transaction, network });
    if ('error' in answer) throw new Error(`${answer.error}: ${answer.reason}`);
    return { txid: answer.txid, transaction: transaction.serialize() };
  };
  const getAddresses = async () => ({ addresses: [{ symbol: 'STX', address, publicKey }] });

  return {
    getAddresses,
    stx_getAddresses: getAddresses,
    stx_getAccounts: async () => ({ accounts: [{ address, publicKey, gaiaHubUrl: '', gaiaAppKey: '' }] }),
    async stx_transferStx({ recipient, amount, memo, ...rest }) {
      const transaction = { ...common, ...numbersOf(rest), recipient, amount: BigInt(amount) };
      return send(await makeSTXTokenTransfer({ ...transaction, memo: memo ?? '' }));
    },
    async stx_callContract({ contract, functionName, functionArgs = [], ...rest }) {
      const [contractAddress = '', contractName = ''] = contract.split('.');
      return send(
        await makeContractCall({
          ...common,
          ...numbersOf(rest),
          ...conditionsOf(rest),
          contractAddress,
          contractName,
          functionName,
          functionArgs: functionArgs.map((hex) => deserializeCV(hex)),
        }),
      );
    },
    async stx_deployContract({ name, clarityCode, clarityVersion, ...rest }) {
      const version = clarityVersion === undefined ? {} : { clarityVersion: Number(clarityVersion) };
      return send(
        await makeContractDeploy({
          ...common,
          ...numbersOf(rest),
          ...conditionsOf(rest),
          ...version,
          contractName: name,
          codeBody: clarityCode,
        }),
      );
    },
    async stx_signTransaction({ transaction: hex, broadcast = true }) {
      const transaction = deserializeTransaction(hex);
      new TransactionSigner(transaction).signOrigin(privateKey);
      return broadcast ? send(transaction) : { transaction: transaction.serialize() };
    },
    async stx_signStructuredMessage({ message, domain }) {
      const signature = signStructuredData({
        message: deserializeCV(message),
        // The domain of SIP-018 is a tuple; a wallet that signs another value signs nothing anybody verifies.
        domain: deserializeCV(String(domain)) as never,
        privateKey,
      });
      return { signature, publicKey };
    },
  };
}

interface Numbers {
  readonly fee?: number | string | undefined;
  readonly nonce?: number | string | undefined;
}

function numbersOf({ fee, nonce }: Numbers): { fee?: bigint; nonce?: bigint } {
  return {
    ...(fee === undefined ? {} : { fee: BigInt(fee) }),
    ...(nonce === undefined ? {} : { nonce: BigInt(nonce) }),
  };
}

interface Conditions {
  readonly postConditions?: readonly unknown[] | undefined;
  readonly postConditionMode?: 'allow' | 'deny' | 'originator' | undefined;
}

function conditionsOf({ postConditions = [], postConditionMode = 'deny' }: Conditions) {
  return { postConditions: postConditions.map(String), postConditionMode };
}
