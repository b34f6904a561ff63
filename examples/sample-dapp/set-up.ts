import { createFac, createKeySigner, type Fac, type TemplateConfigInput } from '@fac/sdk';

/** Ids of the templates the sample tasks are made from. */
export interface SampleTemplates {
  readonly echo: bigint;
  readonly flaky: bigint;
  readonly broken: bigint;
  /** As echo, in the queue from which a worker takes its task and dies. */
  readonly fragile: bigint;
  readonly fragileQueue: bigint;
}

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
  { registry, factory }: Fac,
  manager: string,
  producer: string,
  workers: readonly string[],
): Promise<SampleTemplates> => {
  const registered = [
    registry.registerCoordinator({ coordinator: manager, roles: ['templateManager', 'producer'] }),
    registry.registerCoordinator({ coordinator: producer, roles: ['producer'] }),
    ...workers.map((coordinator) => registry.registerCoordinator({ coordinator, roles: ['worker'] })),
  ];
  const [fragileQueue, echoType, flakyType, brokenType] = await Promise.all([
    factory.createQueue({ name: 'fragile' }),
    factory.createTaskType({ name: 'echo' }),
    factory.createTaskType({ name: 'flaky' }),
    factory.createTaskType({ name: 'broken' }),
  ]);
  await Promise.all(registered);

  const makeTemplate = async (taskType: bigint, config: TemplateConfigInput): Promise<bigint> => {
    const receipt = await factory.createTaskTemplate({ taskType, config: { ...QUICK, ...config } });
    return receipt.value;
  };
  const [echo, flaky, broken, fragile] = await Promise.all([
    makeTemplate(echoType.value, { name: 'echo' }),
    makeTemplate(flakyType.value, { name: 'flaky' }),
    makeTemplate(brokenType.value, { name: 'broken', maxAttempts: 2n }),
    makeTemplate(echoType.value, { name: 'fragile', queue: fragileQueue.value }),
  ]);
  return { echo, flaky, broken, fragile, fragileQueue: fragileQueue.value };
};

/** The shortest lease and retry there are, so that a person watching need not wait. */
const QUICK = { lease: 12n, maxLease: 120n, retryDelay: 1n, doubling: false, maxAttempts: 5n, open: true };
