import { createServer } from 'node:net';

const MAX_TRIES = 50;

/** The first port from `wanted` on that nobody listens on; 0 asks the system for any. */
export const findFreePort = async (wanted: number): Promise<number> => {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const port = await tryPort(wanted === 0 ? 0 : wanted + tries);
    if (port !== undefined) return port;
  }
  throw new Error(`ports ${wanted} to ${wanted + MAX_TRIES - 1} are all taken; choose another with --port`);
};

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
