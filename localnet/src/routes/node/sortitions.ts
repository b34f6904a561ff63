import type { Chain } from '../../chain/chain.js';
import { findBlock, sortitionIdOf, type Tenure, tenureAt, tenureOfTip } from '../../chain/tenures.js';
import { json, type NodeReply, notFound, refusal, undecodable } from './reply.js';
import { capture, type NodeRequest } from './request.js';
import type { NodeRoute } from './router.js';

/** How far back one answer on forks goes, in Bitcoin blocks. */
const FORK_INFO_DEPTH = 10;
const NO_KEY = `0x${'0'.repeat(40)}`;
const NO_SORTITION = `0x${'0'.repeat(64)}`;

/** Bitcoin blocks seen as sortitions: each has one winner here. */
export function sortitionRoutes(chain: Chain): readonly NodeRoute[] {
  const { ledger } = chain;
  return [
    {
      verb: 'GET',
      path: '/v3/sortitions(?:/(?<key>[a-z_]{1,15})(?:/(?<value>[0-9a-f]{1,64}))?)?',
      handle: findSortitions,
    },
    {
      verb: 'GET',
      path: '/v3/tenures/fork_info/(?<start>[0-9a-f]{40})/(?<stop>[0-9a-f]{40})',
      namesItsParameters: true,
      handle: forkInfo,
    },
  ];

  function findSortitions({ captures }: NodeRequest): NodeReply {
    const { key, value = '' } = captures;
    switch (key) {
      case undefined:
        return json([sortitionJson(tenureOfTip(ledger))]);
      case 'latest_and_last': {
        const latest = tenureOfTip(ledger);
        return json(
          [latest, tenureAt(ledger, latest.burnHeight - 1)].flatMap((tenure) =>
            tenure ? sortitionJson(tenure) : [],
          ),
        );
      }
      case 'consensus':
        if (value.length !== 40) throw undecodable('bad length for hex string');
        return one(byConsensusHash(value), `ConsensusHash(${value})`);
      case 'burn':
        if (value.length !== 64) throw undecodable('bad length for hex string');
        return one(byBurnHash(value), `BurnchainHeaderHash(${value})`);
      case 'burn_height':
        if (!/^\d+$/.test(value)) throw undecodable('invalid digit found in string');
        return one(tenureAt(ledger, Number(value)), `BlockHeight(${BigInt(value)})`);
      default:
        throw undecodable(`Unknown query param: ${key}`);
    }
  }

  function forkInfo(request: NodeRequest): NodeReply {
    const start = byConsensusHash(capture(request, 'start'));
    const stop = byConsensusHash(capture(request, 'stop'));
    if (start === undefined || stop === undefined)
      return notFound(`Could not find snapshot Some(${capture(request, 'stop')})\n`);
    if (start.burnHeight > stop.burnHeight)
      return refusal('Supplied start and end sortitions are not in the same sortition fork');
    const tenures: Tenure[] = [];
    for (let height = stop.burnHeight; height >= start.burnHeight; height--) {
      const tenure = tenures.length > FORK_INFO_DEPTH ? undefined : tenureAt(ledger, height);
      if (tenure === undefined) break;
      tenures.push(tenure);
    }
    return json(
      tenures.map((tenure) => ({
        ...snapshotJson(tenure),
        first_block_mined: `0x${tenure.start.indexHash}`,
        nakamoto_blocks: null,
      })),
    );
  }

  function one(tenure: Tenure | undefined, query: string): NodeReply {
    return tenure === undefined
      ? notFound(`Could not find snapshot ${query}\n`)
      : json([sortitionJson(tenure)]);
  }

  function byConsensusHash(hash: string): Tenure | undefined {
    const block = findBlock(ledger, ({ consensusHash }) => consensusHash === hash);
    return block === undefined ? undefined : tenureAt(ledger, block.burnHeight);
  }

  function byBurnHash(hash: string): Tenure | undefined {
    const block = findBlock(ledger, ({ burnHash }) => burnHash === hash);
    return block === undefined ? undefined : tenureAt(ledger, block.burnHeight);
  }

  function sortitionJson(tenure: Tenure) {
    const parent = tenureAt(ledger, tenure.burnHeight - 1);
    const parentHash = parent === undefined ? null : `0x${parent.start.consensusHash}`;
    return {
      ...snapshotJson(tenure),
      burn_header_timestamp: tenure.start.burnTimeSeconds,
      miner_pk_hash160: NO_KEY,
      stacks_parent_ch: parentHash,
      last_sortition_ch: parentHash,
      committed_block_hash: parent === undefined ? null : `0x${parent.start.indexHash}`,
      vrf_seed: `0x${sortitionIdOf(tenure.start.consensusHash)}`,
    };
  }

  function snapshotJson({ burnHeight, start }: Tenure) {
    const parent = tenureAt(ledger, burnHeight - 1);
    return {
      burn_block_hash: `0x${start.burnHash}`,
      burn_block_height: burnHeight,
      sortition_id: `0x${sortitionIdOf(start.burnHash)}`,
      parent_sortition_id: parent === undefined ? NO_SORTITION : `0x${sortitionIdOf(parent.start.burnHash)}`,
      consensus_hash: `0x${start.consensusHash}`,
      was_sortition: true,
    };
  }
}
