import { STACKS_TESTNET } from '@stacks/network';
import type { Chain } from '../../chain/chain.js';
import { SERVER_VERSION } from '../server-version.js';
import { json } from './reply.js';
import type { NodeRoute } from './router.js';

/** A testnet node's of today, in the p2p network that this node is not part of. */
const PEER_VERSION = 4_207_599_116;
/** Bitcoin's regtest. */
const PARENT_NETWORK_ID = 3_669_344_250;

export function infoRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    {
      verb: 'GET',
      path: '/v2/info',
      handle() {
        const { tip } = chain.ledger;
        return json({
          peer_version: PEER_VERSION,
          pox_consensus: tip.consensusHash,
          burn_block_height: tip.burnHeight,
          stable_pox_consensus: tip.consensusHash,
          stable_burn_block_height: tip.burnHeight,
          server_version: SERVER_VERSION,
          network_id: STACKS_TESTNET.chainId,
          parent_network_id: PARENT_NETWORK_ID,
          stacks_tip_height: tip.height,
          stacks_tip: tip.hash,
          stacks_tip_consensus_hash: tip.consensusHash,
          genesis_chainstate_hash: '0'.repeat(64),
          unanchored_tip: null,
          unanchored_seq: null,
          tenure_height: tip.burnHeight,
          exit_at_block_height: null,
          is_fully_synced: true,
          node_public_key: null,
          node_public_key_hash: null,
          last_pox_anchor: null,
          stackerdbs: [],
        });
      },
    },
    {
      verb: 'GET',
      path: '/v2/neighbors',
      handle: () => json({ bootstrap: [], sample: [], inbound: [], outbound: [] }),
    },
    {
      verb: 'GET',
      path: '/v3/health',
      handle: () =>
        json({
          difference_from_max_peer: 0,
          // What a node without neighbours says.
          max_stacks_height_of_neighbors: 0,
          max_stacks_neighbor_address: null,
          node_stacks_tip_height: chain.ledger.tip.height,
        }),
    },
  ];
}
