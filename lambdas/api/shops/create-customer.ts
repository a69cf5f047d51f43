import * as routes from '#contract/routes/customers.ts';
import type { Customer } from '#domain/customer/customer.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import {
  createCustomer as customerRows,
  findCustomer,
} from '../../adapters/dynamo/repositories/customers.ts';
import { once } from '../../http/once.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { renderCustomer } from './visible-customer.ts';

export const createCustomer = implement(routes.createCustomer, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { id } = await once(idempotencyOf(t), request, async (record) => {
    const known = await findCustomer(t, request.body.email);
    if (known) return { id: known.id };
    const customer: Customer = { id: newId('cus'), ...request.body, version: 1, createdAt: now() };
    const result = { id: customer.id };
    try {
      await commit(t.client, [...customerRows(t, customer), ...record(result)]);
      return result;
    } catch (error) {
      // The customer may have signed in at this moment.
      const other = error instanceof ConflictError ? await findCustomer(t, request.body.email) : undefined;
      if (!other) throw error;
      return { id: other.id };
    }
  });
  return renderCustomer(t, caller, id);
});
