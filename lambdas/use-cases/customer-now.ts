import { snapshotOf, type CustomerSnapshot } from '#domain/customer/customer.ts';
import type { Job } from '#domain/job/job.ts';
import { loadCustomer } from '../adapters/dynamo/repositories/customers.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** What a job that is handed in or quoted now keeps of its customer; the address to ship to stays the one that was chosen, as it is now. */
export async function customerNow(t: Tenant, { customer }: Job): Promise<CustomerSnapshot> {
  const current = await loadCustomer(t, customer.customerId);
  return current ? snapshotOf(current, customer.shipTo?.label) : customer;
}
