import { type Localnet, startLocalnet } from '@fac/localnet';
import { createFac, createKeySigner, type Fac, type TemplateConfigInput } from '@fac/sdk';
import { ALICE, ALICE_KEY, DEPLOYER, DEPLOYER_KEY } from './keys.js';

/** A node starts within seconds, unless the machine has much else to do. */
export const START_MS = 240_000;

/** A local node with our contracts, their deployer with every role, and ALICE, a worker. */
export interface Live {
  readonly node: Localnet;
  readonly admin: Fac;
  readonly worker: Fac;
  /** A task type; the admin's. */
  readonly type: bigint;
  /** Makes a template of the admin's. */
  readonly makeTemplate: (config?: Partial<TemplateConfigInput>) => Promise<bigint>;
}

export const connectAs = (node: Localnet, privateKey: string): Fac => {
  const signer = createKeySigner({ privateKey, network: 'devnet' });
  return createFac({ network: node.url, deployer: DEPLOYER, signer, pollMs: 50 });
};

export const startLive = async (): Promise<Live> => {
  const node = await startLocalnet({ port: 0, blockTimeMs: 100 });
  const admin = connectAs(node, DEPLOYER_KEY);
  const roles = ['producer', 'templateManager', 'publisher', 'admin'] as const;
  // Started together: one client gives its calls their nonces in turn.
  const [, , type] = await Promise.all([
    admin.registry.registerCoordinator({ coordinator: DEPLOYER, roles }),
    admin.registry.registerCoordinator({ coordinator: ALICE, roles: ['worker'] }),
    admin.factory.createTaskType({ name: 'greet' }),
  ]);
  const makeTemplate: Live['makeTemplate'] = async (config) => {
    const base = { name: 'greeting', maxPriority: 10n, maxAttempts: 2n, retryDelay: 1n };
    const created = await admin.factory.createTaskTemplate({
      taskType: type.value,
      config: { ...base, ...config },
    });
    return created.value;
  };
  return { node, admin, worker: connectAs(node, ALICE_KEY), type: type.value, makeTemplate };
};

/** The microSTX that async-queue holds. */
export const fetchVault = async (fac: Fac): Promise<bigint> =>
  (await fac.transport.fetchAccount(`${DEPLOYER}.async-queue`)).balanceUstx;
