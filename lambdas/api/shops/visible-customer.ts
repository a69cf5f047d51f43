import { dayIn } from '#domain/job/promised-day.ts';
import type { Customer } from '#domain/customer/customer.ts';
import type { CustomerView } from '#contract/routes/customers.ts';
import { now } from '../../adapters/clock.ts';
import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { notFound } from '../../http/problem.ts';
import { customerView } from './customer-view.ts';

/** Customers see themselves. @throws ApiError not_found */
export async function visibleCustomer(t: Tenant, caller: ShopCaller, customerId: string): Promise<Customer> {
  if (caller.kind !== 'staff' && caller.customerId !== customerId) throw notFound();
  const customer = await loadCustomer(t, customerId);
  if (!customer) throw notFound();
  return customer;
}

/** The day it is where the shop is, `YYYY-MM-DD`. */
export const todayIn = async (t: Tenant): Promise<string> => dayIn(now(), (await loadShop(t)).timeZone);

/** The customer as they are now. @throws ApiError not_found */
export async function renderCustomer(
  t: Tenant,
  caller: ShopCaller,
  customerId: string,
): Promise<CustomerView> {
  const [customer, today] = await Promise.all([visibleCustomer(t, caller, customerId), todayIn(t)]);
  return customerView(customer, caller, today);
}
