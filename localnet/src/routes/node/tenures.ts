import type { Chain } from '../../chain/chain.js';
import { nakamotoHeaderOf } from '../../chain/nakamoto-block.js';
import { rewardCycleOf } from '../../chain/reward-cycles.js';
import { blocksOf, findBlock, type Tenure, tenureAt, tenureOfTip } from '../../chain/tenures.js';
import { BURN_HASH, CONSENSUS_HASH, HEIGHT } from './patterns.js';
import { json, type NodeReply, notFound } from './reply.js';
import { capture } from './request.js';
import type { NodeRoute } from './router.js';

const NO_HASH = '0'.repeat(64);
const NO_CONSENSUS_HASH = '0'.repeat(40);

export function tenureRoutes(chain: Chain): readonly NodeRoute[] {
  const { ledger } = chain;
  const byConsensusHash = (hash: string) => tenureOf(({ consensusHash }) => consensusHash === hash);
  return [
    { verb: 'GET', path: '/v3/tenures/info', handle: () => json(infoJson()) },
    {
      verb: 'GET',
      path: `/v3/tenures/tip/${CONSENSUS_HASH}`,
      namesItsParameters: true,
      handle(request) {
        const hash = capture(request, 'consensusHash');
        const tenure = byConsensusHash(hash);
        if (tenure === undefined) return notFound(`No blocks in tenure ${hash}`);
        return json({ Nakamoto: nakamotoHeaderOf(tenure.end) });
      },
    },
    {
      verb: 'GET',
      path: `/v3/tenures/blocks/${CONSENSUS_HASH}`,
      namesItsParameters: true,
      handle(request) {
        const hash = capture(request, 'consensusHash');
        return blocksReply(byConsensusHash(hash), `No blocks in tenure ${hash}`);
      },
    },
    {
      verb: 'GET',
      path: `/v3/tenures/blocks/hash/${BURN_HASH}`,
      namesItsParameters: true,
      handle(request) {
        const hash = capture(request, 'burnHash');
        const tenure = tenureOf(({ burnHash }) => burnHash === hash);
        return blocksReply(tenure, `No blocks in tenure with burnchain block hash ${hash}`);
      },
    },
    {
      verb: 'GET',
      path: `/v3/tenures/blocks/height/${HEIGHT}`,
      namesItsParameters: true,
      handle(request) {
        const height = capture(request, 'height');
        const tenure = tenureAt(ledger, Number(height));
        return blocksReply(tenure, `No blocks in tenure with burnchain block height ${BigInt(height)}`);
      },
    },
  ];

  function tenureOf(fits: Parameters<typeof findBlock>[1]): Tenure | undefined {
    const block = findBlock(ledger, fits);
    return block === undefined ? undefined : tenureAt(ledger, block.burnHeight);
  }

  function infoJson() {
    const { tip } = ledger;
    const parent = tenureAt(ledger, tip.burnHeight - 1);
    return {
      consensus_hash: tip.consensusHash,
      tenure_start_block_id: tenureOfTip(ledger).start.indexHash,
      parent_consensus_hash: parent?.start.consensusHash ?? NO_CONSENSUS_HASH,
      parent_tenure_start_block_id: parent?.start.indexHash ?? NO_HASH,
      tip_block_id: tip.indexHash,
      tip_height: tip.height,
      reward_cycle: rewardCycleOf(tip.burnHeight),
    };
  }

  function blocksReply(tenure: Tenure | undefined, missing: string): NodeReply {
    if (tenure === undefined) return notFound(missing);
    return json({
      consensus_hash: tenure.start.consensusHash,
      burn_block_height: tenure.burnHeight,
      burn_block_hash: tenure.start.burnHash,
      stacks_blocks: blocksOf(ledger, tenure).map((block) => ({
        block_id: block.indexHash,
        header_type: 'nakamoto',
        block_hash: block.hash,
        parent_block_id: block.parentIndexHash,
        height: block.height,
      })),
    });
  }
}
