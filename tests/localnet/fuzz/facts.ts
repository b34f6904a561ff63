import { Cl, cvToHex, makeContractDeploy, serializePayload } from '@stacks/transactions';
import { FEE, type Harness } from '../harness.js';

/** What valid requests name: things that are on the chain, and transactions that may still go there. */
export interface Facts {
  readonly minedTxid: string;
  readonly pendingTxid: string;
  readonly deployedContract: string;
  readonly blockId: string;
  readonly blockHash: string;
  readonly height: number;
  readonly consensusHash: string;
  readonly burnHash: string;
  readonly burnHeight: number;
  readonly snapshotId: string;
  readonly logCursor: string;
  readonly payloadHex: string;
  readonly keyHex: string;
  /** Signed by Bob, the next of his. */
  readonly nextTransaction: Buffer;
}

/** A chain with one of everything that routes show, and what it is called. */
export async function makeFacts(h: Harness): Promise<Facts> {
  const mined = await h.call(h.alice, 'increment');
  await h.run(mined);
  await h.run(await h.call(h.alice, 'mint'));
  await h.run(await h.transfer(h.alice, h.bob.address, 12_345n));
  const deploy = await makeContractDeploy({
    ...{ network: h.network, senderKey: h.alice.privateKey, contractName: 'small', clarityVersion: 4 },
    ...{ codeBody: '(define-trait counting ((get-count () (response uint uint))))', fee: FEE, nonce: 3n },
  });
  await h.run(deploy);
  await h.node.mine({ burnBlocks: 1, stacksBlocks: 1 });
  const pending = await h.call(h.alice, 'increment', { nonce: 20n });
  await h.broadcast(pending);
  const { body: blocks } = await h.get('/extended/v2/blocks');
  const [tip] = blocks.results;
  const { body: tenure } = await h.get('/v3/tenures/info');
  const { body: logs } = await h.get(`/extended/v2/smart-contracts/${h.node.contracts[0]}/logs?limit=1`);
  // Above what is named, so that a fork leaves it on the chain.
  await h.node.mine({ burnBlocks: 1, stacksBlocks: 2 });
  const { body: snapshot } = await h.post('/localnet/snapshot', {});
  return {
    minedTxid: mined.txid(),
    pendingTxid: pending.txid(),
    deployedContract: `${h.alice.address}.small`,
    blockId: tip.index_block_hash.slice(2),
    blockHash: tip.hash.slice(2),
    height: tip.height,
    consensusHash: tenure.consensus_hash,
    burnHash: tip.burn_block_hash.slice(2),
    burnHeight: tip.burn_block_height,
    snapshotId: snapshot.id,
    logCursor: logs.cursor,
    payloadHex: serializePayload(mined.payload),
    keyHex: cvToHex(Cl.uint(1)),
    nextTransaction: Buffer.from((await h.call(h.bob, 'increment')).serialize(), 'hex'),
  };
}
