import { ClarityVersion, makeContractDeploy } from '@stacks/transactions';
import type { Harness, Json } from '../harness.js';

/** A token of which one is minted at once, moved and burned by calls. */
const SOURCE = `
(define-non-fungible-token badge uint)
(define-public (give (id uint) (to principal)) (nft-transfer? badge id tx-sender to))
(define-public (retire (id uint)) (nft-burn? badge id tx-sender))
(nft-mint? badge u1 tx-sender)
(nft-mint? badge u2 tx-sender)`;

/** Deploys it as bob's `badges`; returns the mined transaction. */
export async function deployBadges(h: Harness): Promise<Json> {
  return h.run(
    await makeContractDeploy({
      network: h.network,
      senderKey: h.bob.privateKey,
      contractName: 'badges',
      codeBody: SOURCE,
      clarityVersion: ClarityVersion.Clarity4,
      postConditionMode: 'allow',
    }),
  );
}
