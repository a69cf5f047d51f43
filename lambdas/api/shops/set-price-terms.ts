import * as routes from '#contract/routes/customers.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { allTroubles } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { loadCustomer, setPriceTerms as writeTerms } from '../../adapters/dynamo/repositories/shops.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { customerView } from './customer-view.ts';

export const setPriceTerms = implement(routes.setPriceTerms, async (request) => {
  const { t } = inShop(request.caller);
  const { customerId } = request.params;
  if (!(await loadCustomer(t, customerId))) throw notFound();
  await once(idempotencyOf(t), request, async (record) => {
    await commit(t.client, [writeTerms(t, customerId, request.body), ...record({})]);
    return {};
  });
  const customer = await loadCustomer(t, customerId);
  if (!customer) throw notFound();
  return customerView(customer, await allTroubles(t));
});
