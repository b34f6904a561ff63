import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findFreePort } from '../../../scripts/stack/free-port.js';

describe('findFreePort', () => {
  it('moves to the next port when the wanted one is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('expected a port');

    expect(await findFreePort(address.port)).toBeGreaterThan(address.port);
  });

  it('takes any port for 0', async () => {
    expect(await findFreePort(0)).toBeGreaterThan(0);
  });
});
