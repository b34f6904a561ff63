import { describe, expect } from 'vitest';
import { itReads } from './case.js';
import { type Answer, expectText, fetchShaped, get } from './http.js';
import { readBlockHeader } from './nakamoto-block.js';
import { FORK_INFO, SORTITIONS, TENURE_BLOCKS, TENURE_INFO, TENURE_TIP } from './schemas/blocks.js';
import type { TargetFacts } from './target.js';

const UNKNOWN_ID = 'ab'.repeat(32);
const tipOf = (target: TargetFacts) => fetchShaped(target, '/v3/tenures/info', TENURE_INFO);
const binary = ({ status, type, bytes }: Answer) => {
  expect([status, type]).toEqual([200, 'application/octet-stream']);
  return bytes;
};

describe('a block', () => {
  itReads('is sent in its wire format', async (target) => {
    const tip = await tipOf(target);
    const header = readBlockHeader(binary(await get(target, `/v3/blocks/${tip.tip_block_id}`)));
    expect(header).toMatchObject({ chainLength: tip.tip_height, consensusHash: tip.consensus_hash });
  });

  itReads('is the same by its height and by its id, and names its parent', async (target) => {
    const tip = await tipOf(target);
    const byId = binary(await get(target, `/v3/blocks/${tip.tip_block_id}`));
    const byHeight = binary(await get(target, `/v3/blocks/height/${tip.tip_height}?tip=latest`));
    expect(byHeight).toEqual(byId);
    const parent = binary(await get(target, `/v3/blocks/${readBlockHeader(byId).parentBlockId}`));
    expect(readBlockHeader(parent).chainLength).toBe(tip.tip_height - 1);
  });

  itReads('that is not there is 404', async (target) => {
    expectText(await get(target, `/v3/blocks/${UNKNOWN_ID}`), 404, /No such block/);
    expectText(await get(target, '/v3/blocks/height/4000000000'), 404, /No such block/);
    expectText(await get(target, `/v3/tenures/${UNKNOWN_ID}`), 404, /No such block/);
  });
});

describe('a tenure', () => {
  itReads('is sent from a block down to its start', async (target) => {
    const tip = await tipOf(target);
    const start = binary(await get(target, `/v3/blocks/${tip.tenure_start_block_id}`));
    const whole = binary(await get(target, `/v3/tenures/${tip.tenure_start_block_id}`));
    expect(whole).toEqual(start);
  });

  itReads('lists its blocks, the highest first', async (target) => {
    const { consensus_hash: hash } = await tipOf(target);
    const tenure = await fetchShaped(target, `/v3/tenures/blocks/${hash}`, TENURE_BLOCKS);
    expect(tenure.consensus_hash).toBe(hash);
    tenure.stacks_blocks.slice(1).forEach((block, index) => {
      const above = tenure.stacks_blocks[index];
      expect(above).toMatchObject({ parent_block_id: block.block_id, height: block.height + 1 });
    });
  });

  itReads('is found by its Bitcoin block too', async (target) => {
    const { consensus_hash: hash } = await tipOf(target);
    const { burn_block_height: height, burn_block_hash: burnHash } = await fetchShaped(
      target,
      `/v3/tenures/blocks/${hash}`,
      TENURE_BLOCKS,
    );
    for (const path of [`height/${height}`, `hash/${burnHash}`]) {
      const found = await fetchShaped(target, `/v3/tenures/blocks/${path}`, TENURE_BLOCKS);
      expect(found).toMatchObject({ consensus_hash: hash, burn_block_hash: burnHash });
    }
  });

  itReads('has a tip, told as a header', async (target) => {
    const { consensus_hash: hash } = await tipOf(target);
    const { Nakamoto: header } = await fetchShaped(target, `/v3/tenures/tip/${hash}`, TENURE_TIP);
    expect(header.consensus_hash).toBe(hash);
  });

  itReads('that is not there is 404', async (target) => {
    const unknown = 'ab'.repeat(20);
    for (const path of [`blocks/${unknown}`, `tip/${unknown}`, 'blocks/height/4000000000']) {
      expectText(await get(target, `/v3/tenures/${path}`), 404, /No blocks in tenure/);
    }
  });
});

describe('a sortition', () => {
  itReads('is the latest Bitcoin block unless another is named', async (target) => {
    const [latest, ...rest] = await fetchShaped(target, '/v3/sortitions', SORTITIONS);
    expect(rest).toEqual([]);
    const { burn_block_height: height, burn_block_hash: hash, consensus_hash: consensus } = latest ?? {};
    for (const path of [
      `burn_height/${height}`,
      `burn/${hash?.slice(2)}`,
      `consensus/${consensus?.slice(2)}`,
    ]) {
      expect(await fetchShaped(target, `/v3/sortitions/${path}`, SORTITIONS)).toEqual([latest]);
    }
  });

  itReads('comes with the one before it', async (target) => {
    const [latest, last] = await fetchShaped(target, '/v3/sortitions/latest_and_last', SORTITIONS);
    if (last !== undefined) expect(latest?.last_sortition_ch).toBe(last.consensus_hash);
  });

  itReads('that is not there is 404, and one that nobody can name 400', async (target) => {
    expectText(await get(target, '/v3/sortitions/burn_height/4000000000'), 404, /Could not find snapshot/);
    expectText(await get(target, '/v3/sortitions/nonsense/1'), 400);
    expectText(await get(target, '/v3/sortitions/consensus/ab'), 400);
  });

  itReads('tells forks apart, back to the one that is asked for', async (target) => {
    const { consensus_hash: hash } = await tipOf(target);
    const info = await fetchShaped(target, `/v3/tenures/fork_info/${hash}/${hash}`, FORK_INFO);
    expect(info).toMatchObject([{ consensus_hash: `0x${hash}` }]);
  });
});
