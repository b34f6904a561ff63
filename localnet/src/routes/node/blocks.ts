import type { Chain } from '../../chain/chain.js';
import type { Block } from '../../chain/ledger.js';
import { serializeBlock } from '../../chain/nakamoto-block.js';
import { blocksOf, findBlock, tenureAt } from '../../chain/tenures.js';
import { BLOCK_ID, HEIGHT } from './patterns.js';
import { bytes, type NodeReply, notFound, undecodable } from './reply.js';
import { capture, type NodeRequest } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';

/** What one answer may hold of a tenure. */
const MAX_TENURE_BYTES = 16 * 1024 * 1024;

/** Blocks as the node sends them: in their wire format. */
export function blockRoutes(chain: Chain): readonly NodeRoute[] {
  const { ledger } = chain;
  const byId = (blockId: string) => findBlock(ledger, ({ indexHash }) => indexHash === blockId);
  return [
    {
      verb: 'GET',
      path: `/v3/blocks/${BLOCK_ID}`,
      namesItsParameters: true,
      handle(request) {
        const blockId = capture(request, 'blockId');
        return blockReply(byId(blockId), `No such block ${blockId}\n`);
      },
    },
    {
      verb: 'GET',
      path: `/v3/blocks/height/${HEIGHT}`,
      namesItsParameters: true,
      handle(request) {
        const height = capture(request, 'height');
        assertTip(chain, request);
        return blockReply(ledger.block(Number(height)), `No such block #${BigInt(height)}\n`);
      },
    },
    {
      verb: 'GET',
      path: `/v3/tenures/${BLOCK_ID}`,
      namesItsParameters: true,
      handle(request) {
        const blockId = capture(request, 'blockId');
        const stop = stopOf(request);
        const block = byId(blockId);
        return block === undefined
          ? notFound(`No such block ${blockId}\n`)
          : bytes(concatenate(tenureFrom(block, stop)));
      },
    },
  ];

  function blockReply(block: Block | undefined, missing: string): NodeReply {
    const content = block === undefined ? null : serializeBlock(ledger, block);
    return content === null ? notFound(missing) : bytes(content);
  }

  /** The block and those before it in its tenure, newest first, down to `stop`. */
  function tenureFrom(block: Block, stop: string | undefined): readonly Uint8Array[] {
    const tenure = tenureAt(ledger, block.burnHeight);
    const parts: Uint8Array[] = [];
    let size = 0;
    for (const each of tenure === undefined ? [block] : blocksOf(ledger, { ...tenure, end: block })) {
      const content = each.indexHash === stop && parts.length > 0 ? null : serializeBlock(ledger, each);
      if (content === null || size + content.byteLength > MAX_TENURE_BYTES) break;
      size += content.byteLength;
      parts.push(content);
    }
    return parts;
  }
}

function stopOf({ query }: NodeRequest): string | undefined {
  const stop = query.get('stop');
  if (stop !== undefined && !/^[0-9a-fA-F]{64}$/.test(stop)) {
    throw undecodable('Failed to parse stop= query parameter: BadLength');
  }
  return stop?.toLowerCase();
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
