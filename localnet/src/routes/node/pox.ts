import type { Chain } from '../../chain/chain.js';
import {
  FIRST_BURN_HEIGHT,
  PREPARE_PHASE_LENGTH,
  REWARD_CYCLE_LENGTH,
  rewardCycleOf,
} from '../../chain/reward-cycles.js';
import { json } from './reply.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';

const BOOT_ADDRESS = 'ST000000000000000000002AMW42H';
const POX_CONTRACT = `${BOOT_ADDRESS}.pox-5`;
/** Every contract here runs under this epoch, from the first block on. */
const EPOCH = 'Epoch40';
const NETWORK_EPOCH = 16;
/** What the node writes for "without end". */
const NO_END = Number.MAX_SAFE_INTEGER;
/** A tenure's budget on the public networks. */
const BLOCK_LIMIT = {
  write_length: 15_000_000,
  write_count: 15_000,
  read_length: 100_000_000,
  read_count: 15_000,
  runtime: 5_000_000_000,
};

/** Stacking is not served: the cycles turn, and nothing is in them. */
export function poxRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    {
      verb: 'GET',
      path: '/v2/pox',
      handle(request) {
        assertTip(chain, request);
        return json(poxJson(chain.ledger.tip.burnHeight));
      },
    },
  ];
}

function poxJson(burnHeight: number) {
  const cycle = rewardCycleOf(burnHeight);
  const nextCycleIn = REWARD_CYCLE_LENGTH - ((burnHeight - FIRST_BURN_HEIGHT) % REWARD_CYCLE_LENGTH);
  const nextCycleStart = burnHeight + nextCycleIn;
  const nextPrepareStart = nextCycleStart - PREPARE_PHASE_LENGTH;
  return {
    contract_id: POX_CONTRACT,
    pox_activation_threshold_ustx: 0,
    first_burnchain_block_height: FIRST_BURN_HEIGHT,
    current_burnchain_block_height: burnHeight,
    prepare_phase_block_length: PREPARE_PHASE_LENGTH,
    reward_phase_block_length: REWARD_CYCLE_LENGTH - PREPARE_PHASE_LENGTH,
    reward_slots: 2 * (REWARD_CYCLE_LENGTH - PREPARE_PHASE_LENGTH),
    rejection_fraction: null,
    total_liquid_supply_ustx: 0,
    current_cycle: { id: cycle, min_threshold_ustx: 0, stacked_ustx: 0, is_pox_active: false },
    next_cycle: {
      id: cycle + 1,
      min_threshold_ustx: 0,
      min_increment_ustx: 0,
      stacked_ustx: 0,
      prepare_phase_start_block_height: nextPrepareStart,
      blocks_until_prepare_phase: nextPrepareStart - burnHeight,
      reward_phase_start_block_height: nextCycleStart,
      blocks_until_reward_phase: nextCycleIn,
      ustx_until_pox_rejection: null,
    },
    current_epoch: EPOCH,
    epochs: [
      {
        epoch_id: EPOCH,
        start_height: 0,
        end_height: NO_END,
        block_limit: BLOCK_LIMIT,
        network_epoch: NETWORK_EPOCH,
      },
    ],
    min_amount_ustx: 0,
    prepare_cycle_length: PREPARE_PHASE_LENGTH,
    reward_cycle_id: cycle,
    reward_cycle_length: REWARD_CYCLE_LENGTH,
    rejection_votes_left_required: null,
    next_reward_cycle_in: nextCycleIn,
    contract_versions: [
      { contract_id: POX_CONTRACT, activation_burnchain_block_height: 0, first_reward_cycle_id: 0 },
    ],
    pox_5_sbtc_contract: `${BOOT_ADDRESS}.sbtc-token`,
    pox_5_sbtc_registry_contract: `${BOOT_ADDRESS}.sbtc-registry`,
  };
}
