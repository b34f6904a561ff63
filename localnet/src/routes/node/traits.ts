import type { Chain } from '../../chain/chain.js';
import { complies } from '../../chain/trait-compliance.js';
import { claimsTrait, findTrait } from '../../chain/trait-definition.js';
import { clarityNameOf, contractIdOf } from './names.js';
import { CLARITY_MEMBER, CONTRACT, TRAIT_CONTRACT } from './patterns.js';
import { json, notFound } from './reply.js';
import { capture } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';

const MISSING = 'No contract analysis found or trait definition not found';

export function traitRoutes(chain: Chain): readonly NodeRoute[] {
  const sourceOf = async (contractId: string) =>
    (await chain.contracts.abi(contractId)) === null ? null : chain.simnet.ask('source', { contractId });
  return [
    {
      verb: 'GET',
      path: `/v2/traits/${CONTRACT}/${TRAIT_CONTRACT}/${CLARITY_MEMBER}`,
      async handle(request) {
        const contractId = contractIdOf(request);
        const traitContractId = contractIdOf(request, 'traitAddress', 'traitContract');
        const traitName = clarityNameOf(request, 'traitName');
        assertTip(chain, request);
        const [abi, source] = [await chain.contracts.abi(contractId), await sourceOf(contractId)];
        if (abi === null || source === null) return notFound(MISSING);
        const traitId = `${traitContractId}.${traitName}`;
        if (claimsTrait(source, capture(request, 'address'), traitId)) return json({ is_implemented: true });
        const trait = findTrait((await sourceOf(traitContractId)) ?? '', traitName);
        return trait === null ? notFound(MISSING) : json({ is_implemented: complies(abi, trait) });
      },
    },
  ];
}
