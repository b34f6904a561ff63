import { describe, expect, it } from 'vitest';
import { createCatalog } from '../../../keeper/src/watch/catalog.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const refuse = () => {
  throw new Error('not asked for in this test');
};

/** One task, which a topic gave an input. */
function openCatalog(input: Uint8Array | null) {
  const asked: string[] = [];
  const queue = {
    getNext: refuse,
    getStates: refuse,
    getTask: async () => {
      asked.push('task');
      return { template: 5n, payload: bytes('asked for') } as never;
    },
    getInput: async () => {
      asked.push('input');
      return input;
    },
  };
  const factory = {
    getExecution: refuse,
    getTaskTemplate: async () => ({ taskType: 2n }) as never,
    getTaskType: async () => ({ name: 'echo', uri: '', owner: '' }),
  };
  return { catalog: createCatalog({ factory, queue }), asked };
}

describe('readTask', () => {
  it('reads a task once', async () => {
    const { catalog, asked } = openCatalog(null);
    await catalog.readTask(1n, false);
    const again = await catalog.readTask(1n, false);
    expect(again).toEqual({ template: 5n, payload: bytes('asked for'), typeName: 'echo' });
    expect(asked).toEqual(['task']);
  });

  it('works on what was published in place of the payload', async () => {
    const { catalog } = openCatalog(bytes('published'));
    expect((await catalog.readTask(1n, true))?.payload).toEqual(bytes('published'));
  });

  it('works on the payload when nothing was published', async () => {
    const { catalog } = openCatalog(null);
    expect((await catalog.readTask(1n, true))?.payload).toEqual(bytes('asked for'));
  });
});
