import type { Customer } from '#domain/customer/customer.ts';
import type { CustomerView } from '#contract/routes/customers.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { replaceCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { once } from '../../http/once.ts';
import type { ApiRequest } from '../../http/request.ts';
import { inShop } from '../access.ts';
import { renderCustomer, visibleCustomer } from './visible-customer.ts';

/** What a route that amends a customer needs of its request. */
interface CustomerRequest extends Pick<ApiRequest, 'caller' | 'route' | 'rawBody' | 'idempotencyKey'> {
  params: { customerId: string };
}

/** Changes one thing about a customer, once per key, and answers with them as they are now. @throws ApiError not_found, stale */
export async function amendCustomer(
  request: CustomerRequest,
  change: (customer: Customer) => Customer,
): Promise<CustomerView> {
  const { caller, t } = inShop(request.caller);
  const { customerId } = request.params;
  const before = await visibleCustomer(t, caller, customerId);
  await once(idempotencyOf(t), request as ApiRequest, async (record) => {
    const after = { ...change(before), version: (before.version ?? 0) + 1 };
    await commit(t.client, [...replaceCustomer(t, before, after), ...record({})]);
    return {};
  });
  return renderCustomer(t, caller, customerId);
}
