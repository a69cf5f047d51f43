import * as routes from '#contract/routes/portal.ts';
import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const getSession = implement(routes.getSession, async ({ caller: who }) => {
  const { caller, t } = inShop(who);
  const [shop, customer] = await Promise.all([
    loadShop(t),
    loadCustomer(t, caller.kind === 'staff' ? '' : caller.customerId),
  ]);
  if (!customer) throw notFound();
  return {
    shop: { name: shop.name, slug: shop.slug, currency: shop.currency },
    customer: { id: customer.id, name: customer.name, email: customer.email },
    ...(caller.kind === 'link' ? { jobId: caller.jobId } : {}),
  };
});
