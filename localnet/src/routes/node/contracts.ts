import type { Chain } from '../../chain/chain.js';
import { contractIdOf } from './names.js';
import { CONTRACT } from './patterns.js';
import { EMPTY_PROOF } from './proof.js';
import { json, notFound } from './reply.js';
import { wantsProof } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';

export function contractRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    {
      verb: 'GET',
      path: `/v2/contracts/interface/${CONTRACT}`,
      async handle(request) {
        const contractId = contractIdOf(request);
        assertTip(chain, request);
        const abi = await chain.contracts.abi(contractId);
        return abi === null ? notFound('No contract interface data found') : json(abi);
      },
    },
    {
      verb: 'GET',
      path: `/v2/contracts/source/${CONTRACT}`,
      async handle(request) {
        const contractId = contractIdOf(request);
        assertTip(chain, request);
        const isThere = (await chain.contracts.abi(contractId)) !== null;
        const source = isThere ? await chain.simnet.ask('source', { contractId }) : null;
        if (source === null) return notFound('No contract source data found');
        const proof = wantsProof(request) ? { proof: EMPTY_PROOF } : {};
        return json({ source, publish_height: chain.ledger.publishHeight(contractId) ?? 1, ...proof });
      },
    },
  ];
}
