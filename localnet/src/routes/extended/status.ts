import type { Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { SERVER_VERSION } from '../server-version.js';

/** Simnet puts a Stacks block 10 s after its parent. */
const TARGET_BLOCK_SECONDS = 10;

export function addStatusRoutes(app: Hono, chain: Chain): void {
  for (const path of ['/extended', '/extended/v1/status']) {
    app.get(path, (c) => {
      const { tip } = chain.ledger;
      return c.json({
        server_version: SERVER_VERSION,
        status: 'ready',
        chain_tip: {
          block_height: tip.height,
          block_hash: `0x${tip.hash}`,
          index_block_hash: `0x${tip.indexHash}`,
          burn_block_height: tip.burnHeight,
        },
      });
    });
  }

  app.get('/extended/v1/info/network_block_times', (c) => {
    const times = { target_block_time: TARGET_BLOCK_SECONDS };
    return c.json({ mainnet: times, testnet: times });
  });
}
