import { STACKS_TESTNET } from '@stacks/network';
import type { Hono } from 'hono';
import type { Chain } from '../chain/chain.js';
import { isPrincipal } from '../worker/principal.js';

export const SERVER_VERSION = 'fac-localnet 0.1.0';

export function addNodeRoutes(app: Hono, chain: Chain): void {
  app.get('/v2/info', (c) => {
    const { tip } = chain.ledger;
    return c.json({
      peer_version: 4_207_599_116,
      pox_consensus: tip.consensusHash,
      burn_block_height: tip.burnHeight,
      stable_pox_consensus: tip.consensusHash,
      stable_burn_block_height: tip.burnHeight,
      server_version: SERVER_VERSION,
      network_id: STACKS_TESTNET.chainId,
      parent_network_id: 3_669_344_250,
      stacks_tip_height: tip.height,
      stacks_tip: tip.hash,
      stacks_tip_consensus_hash: tip.consensusHash,
      genesis_chainstate_hash: '0'.repeat(64),
      unanchored_tip: null,
      unanchored_seq: null,
      tenure_height: tip.burnHeight,
      exit_at_block_height: null,
      is_fully_synced: true,
    });
  });

  app.get('/v2/accounts/:principal', async (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return c.text(`Failed to parse principal "${principal}"`, 400);
    const { balanceUstx, lockedUstx, unlockHeight } = await chain.simnet.ask('account', { principal });
    const proofs = c.req.query('proof') === '0' ? {} : { balance_proof: '', nonce_proof: '' };
    return c.json({
      balance: hex128(balanceUstx - lockedUstx),
      locked: hex128(lockedUstx),
      unlock_height: unlockHeight,
      nonce: Number(chain.ledger.nonceOf(principal)),
      ...proofs,
    });
  });

  app.get('/v3/health', (c) =>
    c.json({
      difference_from_max_peer: 0,
      max_stacks_height_of_neighbors: chain.ledger.tip.height,
      max_stacks_neighbor_address: null,
      node_stacks_tip_height: chain.ledger.tip.height,
    }),
  );
}

function hex128(value: bigint): string {
  return `0x${value.toString(16).padStart(32, '0')}`;
}
