import { dayIn } from '#domain/job/promised-day.ts';
import type { Customer } from '#domain/customer/customer.ts';
import type { CustomerView } from '#contract/routes/customers.ts';
import { now } from '../../adapters/clock.ts';
import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { allTroubles } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { loadShop } from '../../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { notFound } from '../../http/problem.ts';
import { customerView, type ShopToday } from './customer-view.ts';

/** Customers see themselves. @throws ApiError not_found */
export async function visibleCustomer(t: Tenant, caller: ShopCaller, customerId: string): Promise<Customer> {
  if (caller.kind !== 'staff' && caller.customerId !== customerId) throw notFound();
  const customer = await loadCustomer(t, customerId);
  if (!customer) throw notFound();
  return customer;
}

export async function shopToday(t: Tenant): Promise<ShopToday> {
  const [shop, troubles] = await Promise.all([loadShop(t), allTroubles(t)]);
  return { today: dayIn(now(), shop.timeZone), troubles };
}

/** The customer as they are now. @throws ApiError not_found */
export async function renderCustomer(
  t: Tenant,
  caller: ShopCaller,
  customerId: string,
): Promise<CustomerView> {
  const [customer, today] = await Promise.all([visibleCustomer(t, caller, customerId), shopToday(t)]);
  return customerView(customer, caller, today);
}
