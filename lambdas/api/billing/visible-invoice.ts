import type { Invoice } from '#domain/invoice/invoice.ts';
import { findInvoice } from '../../adapters/dynamo/repositories/invoices.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { notFound } from '../../http/problem.ts';
import { maySee } from '../access.ts';

/** @throws ApiError not_found */
export async function visibleInvoice(t: Tenant, caller: ShopCaller, invoiceId: string): Promise<Invoice> {
  const invoice = await findInvoice(t, invoiceId);
  if (!invoice || !maySee(caller, { customerId: invoice.customer.customerId, jobId: invoice.jobId }))
    throw notFound();
  return invoice;
}
