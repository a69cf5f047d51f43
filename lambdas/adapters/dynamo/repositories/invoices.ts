import type { Invoice } from '#domain/invoice/invoice.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';
import { serialWrite } from './serials.ts';

/** The index only finds the invoice's job; the invoice itself is read consistently. */
export async function findInvoice(t: Tenant, invoiceId: string): Promise<Invoice | undefined> {
  const { data } = await t.entities.invoice.query.byId({ id: invoiceId }).go({ limit: 1 });
  return data[0] ? invoiceOf(t, data[0].jobId, data[0].quoteVersion) : undefined;
}

/** The invoice of one approved version of a job's offer. */
export async function invoiceOf(
  { entities }: Tenant,
  jobId: string,
  quoteVersion: number,
): Promise<Invoice | undefined> {
  return (await entities.invoice.get({ jobId, quoteVersion }).go({ consistent: true })).data ?? undefined;
}

/** The invoices of a customer, newest first. */
export async function invoicesOfCustomer({ entities }: Tenant, customerId: string): Promise<Invoice[]> {
  const { data } = await entities.invoice.query
    .ofCustomer({ customerId })
    .go({ order: 'desc', pages: 'all' });
  return data;
}

/** Number and invoice come into being together, so that no number is ever missing. */
export const issueWrites = (t: Tenant, invoice: Invoice, serial: number): Write[] => [
  put('invoice', t.entities.invoice.create(invoice).params()),
  serialWrite(t, 'invoices', serial),
];
