import * as routes from '#contract/routes/customers.ts';
import type { Customer } from '#domain/customer/customer.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { allTroubles } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import {
  createCustomer as customerRows,
  findCustomer,
  loadCustomer,
} from '../../adapters/dynamo/repositories/shops.ts';
import { once } from '../../http/once.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { customerView } from './customer-view.ts';

export const createCustomer = implement(routes.createCustomer, async (request) => {
  const { t } = inShop(request.caller);
  const { name, email } = request.body;
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    const known = await findCustomer(t, email);
    if (known) return { id: known.id };
    const customer: Customer = { id: newId('cus'), name, email, createdAt: now() };
    const result = { id: customer.id };
    try {
      await commit(t.client, [...customerRows(t, customer), ...record(result)]);
      return result;
    } catch (error) {
      // The customer may have signed in at this moment.
      const other = error instanceof ConflictError ? await findCustomer(t, email) : undefined;
      if (!other) throw error;
      return { id: other.id };
    }
  });
  const customer = await loadCustomer(t, id);
  if (!customer) throw notFound();
  return customerView(customer, await allTroubles(t));
});
