import type { Chain } from '../../chain/chain.js';
import { isPrincipal } from '../../worker/principal.js';
import type { AccountState } from '../../worker/protocol.js';
import { hex128 } from './hex128.js';
import { principalOf } from './names.js';
import { PRINCIPAL } from './patterns.js';
import { EMPTY_PROOF } from './proof.js';
import { json, NodeRefusal } from './reply.js';
import { wantsProof } from './request.js';
import type { NodeRoute } from './router.js';
import { assertTip } from './tip.js';

const EMPTY_ACCOUNT: AccountState = { balanceUstx: 0n, lockedUstx: 0n, unlockHeight: 0 };

export function accountRoutes(chain: Chain): readonly NodeRoute[] {
  return [
    {
      verb: 'GET',
      path: `/v2/accounts/${PRINCIPAL}`,
      async handle(request) {
        const principal = principalOf(request);
        assertTip(chain, request, (tip) => new NodeRefusal(404, `Chain tip '${tip}' not found`));
        const account = await readAccount(chain, principal);
        const proofs = wantsProof(request) ? { balance_proof: EMPTY_PROOF, nonce_proof: EMPTY_PROOF } : {};
        return json({
          balance: hex128(account.balanceUstx - account.lockedUstx),
          locked: hex128(account.lockedUstx),
          unlock_height: account.unlockHeight,
          nonce: Number(chain.ledger.nonceOf(principal)),
          ...proofs,
        });
      },
    },
  ];
}

/** A contract whose name is too long to be deployed has nothing, and simnet could not be asked. */
async function readAccount(chain: Chain, principal: string): Promise<AccountState> {
  return isPrincipal(principal) ? chain.accounts.get(principal) : EMPTY_ACCOUNT;
}
