import type { Context, Hono } from 'hono';
import type { Chain } from '../../chain/chain.js';
import { isPrincipal } from '../../worker/principal.js';
import { badRequest } from './api-error.js';

export function addBalanceRoutes(app: Hono, chain: Chain): void {
  const stxRoute = async (c: Context, principal: string) => {
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    return c.json(await stxJson(chain, principal));
  };

  app.get('/extended/v1/address/:principal/stx', (c) => stxRoute(c, c.req.param('principal')));
  app.get('/extended/v2/addresses/:principal/balances/stx', (c) => stxRoute(c, c.req.param('principal')));

  app.get('/extended/v1/address/:principal/balances', async (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const { fts, nfts } = chain.principals.holdingsOf(principal);
    const fungible = [...fts].map(([asset, { sent, received }]) => [
      asset,
      { balance: `${received - sent}`, total_sent: `${sent}`, total_received: `${received}` },
    ]);
    const nonFungible = [...nfts].map(([asset, { sent, received, values }]) => [
      asset,
      { count: `${values.size}`, total_sent: `${sent}`, total_received: `${received}` },
    ]);
    return c.json({
      stx: await stxJson(chain, principal),
      fungible_tokens: Object.fromEntries(fungible),
      non_fungible_tokens: Object.fromEntries(nonFungible),
    });
  });

  app.get('/extended/v3/principals/:principal/balances/stx', async (c) => {
    const principal = c.req.param('principal');
    if (!isPrincipal(principal)) return badRequest(c, `invalid principal "${principal}"`);
    const { balanceUstx, lockedUstx, unlockHeight } = await chain.accounts.get(principal);
    const { inbound, outbound } = pendingOf(chain, principal);
    const locked = {
      amount: `${lockedUstx}`,
      pox_version: 5,
      lock_tx_id: '0x',
      stacks_lock_height: 0,
      burn_lock_height: 0,
      burn_unlock_height: unlockHeight,
    };
    return c.json({
      balance: `${balanceUstx}`,
      available: `${balanceUstx - lockedUstx}`,
      locked: lockedUstx === 0n ? null : locked,
      mempool: {
        estimated_balance: `${balanceUstx + inbound - outbound}`,
        inbound: `${inbound}`,
        outbound: `${outbound}`,
      },
    });
  });
}

/**
 * The API's first and second form of an account. Nobody is rewarded for mining here. What it received follows from
 * the rest, as its balance at the start of the chain is no event.
 */
export async function stxJson(chain: Pick<Chain, 'accounts' | 'principals' | 'pendings'>, principal: string) {
  const { balanceUstx, lockedUstx, unlockHeight } = await chain.accounts.get(principal);
  const { stx, feesUstx } = chain.principals.holdingsOf(principal);
  const { inbound, outbound } = pendingOf(chain, principal);
  return {
    balance: `${balanceUstx}`,
    estimated_balance: `${balanceUstx + inbound - outbound}`,
    pending_balance_inbound: `${inbound}`,
    pending_balance_outbound: `${outbound}`,
    total_sent: `${stx.sent}`,
    total_received: `${balanceUstx + stx.sent + feesUstx}`,
    total_fees_sent: `${feesUstx}`,
    total_miner_rewards_received: '0',
    lock_tx_id: '',
    locked: `${lockedUstx}`,
    lock_height: 0,
    burnchain_lock_height: 0,
    burnchain_unlock_height: unlockHeight,
  };
}

/** What waiting transfers and fees would move. In microSTX. */
function pendingOf(
  chain: Pick<Chain, 'pendings'>,
  principal: string,
): { readonly inbound: bigint; readonly outbound: bigint } {
  let inbound = 0n;
  let outbound = 0n;
  for (const { transaction } of chain.pendings.of(principal)) {
    const { action, sender, payer, feeUstx } = transaction;
    if (payer === principal) outbound += feeUstx;
    if (action.kind !== 'transfer') continue;
    if (sender === principal) outbound += action.amountUstx;
    if (action.recipient === principal) inbound += action.amountUstx;
  }
  return { inbound, outbound };
}
