import { createHash } from 'node:crypto';
import { createFac, createKeySigner, type Fac, type Handler, type TemplateConfigInput } from '@fac/sdk';

/** Ids of the templates the sample tasks are made from. */
export interface SampleTemplates {
  readonly echo: bigint;
  readonly flaky: bigint;
  readonly broken: bigint;
  /** As echo, in the queue from which a worker takes its task and dies. */
  readonly fragile: bigint;
  readonly fragileQueue: bigint;
  /** These are done by contracts, not by workers. */
  readonly heartbeat: bigint;
  readonly chained: bigint;
  readonly vesting: bigint;
  readonly priced: bigint;
}

/** Of the chained job: the most it may take, and what its owner pays for. */
export const JOB_STEPS = 3n;

const POLL_MS = 200;

export const connect = (nodeUrl: string, deployer: string, privateKey: string): Fac =>
  createFac({
    network: nodeUrl,
    deployer,
    signer: createKeySigner({ privateKey, network: 'devnet' }),
    pollMs: POLL_MS,
  });

/**
 * Registers the coordinators and makes the queue, task types and templates of the samples. One account signs all of
 * it: its calls are mined in the order in which they are made here.
 */
export const setUp = async (
  { registry, factory, transport, deployer }: Fac,
  manager: string,
  producer: string,
  workers: readonly string[],
): Promise<SampleTemplates> => {
  const registered = [
    registry.registerCoordinator({ coordinator: manager, roles: ['templateManager', 'producer'] }),
    registry.registerCoordinator({ coordinator: producer, roles: ['producer'] }),
    ...workers.map((coordinator) => registry.registerCoordinator({ coordinator, roles: ['worker'] })),
  ];
  const [fragileQueue, onchainQueue, echoType, flakyType, brokenType, contractType] = await Promise.all([
    factory.createQueue({ name: 'fragile' }),
    factory.createQueue({ name: 'onchain', kind: 'onchain' }),
    factory.createTaskType({ name: 'echo' }),
    factory.createTaskType({ name: 'flaky' }),
    factory.createTaskType({ name: 'broken' }),
    factory.createTaskType({ name: 'contract' }),
  ]);
  await Promise.all(registered);

  const makeTemplate = async (taskType: bigint, config: TemplateConfigInput): Promise<bigint> => {
    const receipt = await factory.createTaskTemplate({ taskType, config: { ...QUICK, ...config } });
    return receipt.value;
  };
  const makeOnchain = async (name: string, contract: string, maxSteps = 1n): Promise<bigint> => {
    const handler = await readHandler(transport, `${deployer}.${contract}`);
    return makeTemplate(contractType.value, { name, queue: onchainQueue.value, handler, maxSteps });
  };
  const [echo, flaky, broken, fragile, heartbeat, chained, vesting, priced] = await Promise.all([
    makeTemplate(echoType.value, { name: 'echo' }),
    makeTemplate(flakyType.value, { name: 'flaky' }),
    makeTemplate(brokenType.value, { name: 'broken', maxAttempts: 2n }),
    makeTemplate(echoType.value, { name: 'fragile', queue: fragileQueue.value }),
    makeOnchain('heartbeat', 'heartbeat-counter'),
    makeOnchain('chained', 'chained-job', JOB_STEPS),
    makeOnchain('vesting', 'vesting-payout'),
    makeOnchain('priced', 'price-condition'),
  ]);
  const fragileTask = { fragile, fragileQueue: fragileQueue.value };
  return { echo, flaky, broken, ...fragileTask, heartbeat, chained, vesting, priced };
};

/** A contract as the handler of a template, which names it by the hash of its code. */
const readHandler = async (transport: Fac['transport'], contract: string): Promise<Handler> => {
  const source = await transport.fetchContractSource(contract);
  return { contract, hash: new Uint8Array(createHash('sha512-256').update(source).digest()) };
};

/** The shortest lease and retry there are, so that a person watching need not wait. */
const QUICK = { lease: 12n, maxLease: 120n, retryDelay: 1n, doubling: false, maxAttempts: 5n, open: true };
