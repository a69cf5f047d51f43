import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { providerCustomer } from '../../use-cases/keep-card.ts';
import type { PaidShop } from '../../use-cases/take-online.ts';

/** @throws ApiError `not_ready` when the shop takes no online payments (DF-30) */
export async function shopThatTakes(t: Tenant): Promise<PaidShop> {
  const { paymentAccountId, name } = await loadShop(t);
  if (!paymentAccountId)
    throw new ApiError('not_ready', 'The shop takes no online payments. Ask it how to pay.');
  return { name, paymentAccountId };
}

/** Who the card is kept for. Only customers who are signed in agree to that: a link may be anybody's. */
export async function keptFor(t: Tenant, caller: ShopCaller, shop: PaidShop): Promise<string> {
  if (caller.kind !== 'customer')
    throw new ApiError('invalid_request', 'Sign in to have your card kept.', 'keepMethod');
  const customer = await loadCustomer(t, caller.customerId);
  if (!customer) throw notFound();
  return (await providerCustomer(t, customer, shop.paymentAccountId)).providerCustomerId;
}
