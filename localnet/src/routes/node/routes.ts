import type { Chain } from '../../chain/chain.js';
import { accountRoutes } from './accounts.js';
import { blockRoutes } from './blocks.js';
import { contractReadRoutes } from './contract-reads.js';
import { contractStateRoutes } from './contract-state.js';
import { contractRoutes } from './contracts.js';
import { feeRoutes } from './fees.js';
import { infoRoutes } from './info.js';
import { poxRoutes } from './pox.js';
import type { NodeRoute } from './router.js';
import { simulateRoutes } from './simulate.js';
import { sortitionRoutes } from './sortitions.js';
import { tenureRoutes } from './tenures.js';
import { traitRoutes } from './traits.js';
import { transactionRoutes } from './transactions.js';

/** Every endpoint of a node that this one serves. `authToken` opens those behind the node's `auth_token`. */
export function nodeRoutes(chain: Chain, authToken: string | undefined): readonly NodeRoute[] {
  return [
    ...infoRoutes(chain),
    ...accountRoutes(chain),
    ...transactionRoutes(chain),
    ...contractReadRoutes(chain, authToken),
    ...contractStateRoutes(chain),
    ...contractRoutes(chain),
    ...traitRoutes(chain),
    ...simulateRoutes(chain, authToken),
    ...feeRoutes(chain),
    ...poxRoutes(chain),
    ...blockRoutes(chain),
    ...tenureRoutes(chain),
    ...sortitionRoutes(chain),
  ];
}
