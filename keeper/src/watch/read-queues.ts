import type { FactoryReads, TaskTemplate } from '@fac/sdk';
import type { ServedQueue } from '../flow.js';
import { KeeperError } from '../shared/errors.js';

type QueuePort = Pick<
  FactoryReads,
  'getCounts' | 'getQueue' | 'getQueueId' | 'getTaskTemplate' | 'getTaskType'
>;

/** Templates read at once; a chain may have thousands. */
const PAGE = 10;

/** The named queues with every template that sends tasks to them now. Throws NOT_FOUND_QUEUE. */
export async function readServedQueues(
  port: QueuePort,
  names: readonly string[],
): Promise<readonly ServedQueue[]> {
  const counts = await port.getCounts();
  const ids = await Promise.all(names.map((name) => findQueue(port, name, counts.queues)));
  const templates = await readTemplates(port, counts.templates);
  return Promise.all(
    [...new Set(ids)].map(async (id) => {
      const queue = await port.getQueue({ id });
      if (queue === null) throw await unknownQueue(port, `${id}`, counts.queues);
      const { name, kind, class: workerClass } = queue;
      const own = templates.filter(({ template }) => template.config.queue === id);
      const served = await Promise.all(
        own.map(async ({ id: templateId, template }) => ({
          id: templateId,
          name: template.config.name,
          typeName: (await port.getTaskType({ id: template.taskType }))?.name,
        })),
      );
      return { id, name, kind, class: workerClass, templates: served };
    }),
  );
}

async function findQueue(port: QueuePort, name: string, count: bigint): Promise<bigint> {
  const id = /^\d+$/.test(name) ? BigInt(name) : await port.getQueueId({ name });
  if (id === null) throw await unknownQueue(port, name, count);
  return id;
}

async function readTemplates(port: QueuePort, count: bigint) {
  const found: { readonly id: bigint; readonly template: TaskTemplate }[] = [];
  for (let first = 1n; first <= count; first += BigInt(PAGE)) {
    const ids = Array.from({ length: PAGE }, (_, at) => first + BigInt(at)).filter((id) => id <= count);
    const page = await Promise.all(
      ids.map(async (id) => ({ id, template: await port.getTaskTemplate({ template: id }) })),
    );
    for (const { id, template } of page) if (template !== null) found.push({ id, template });
  }
  return found;
}

async function unknownQueue(port: QueuePort, queue: string, count: bigint): Promise<KeeperError> {
  const ids = Array.from({ length: Number(count) + 1 }, (_, id) => BigInt(id));
  const queues = await Promise.all(ids.map((id) => port.getQueue({ id })));
  const known = queues.flatMap((found) => (found === null ? [] : [found.name]));
  return new KeeperError('NOT_FOUND_QUEUE', { context: { queue, known } });
}
