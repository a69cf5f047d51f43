import type { BookedKind, ExternalRef } from '#domain/books/external-ref.ts';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import type { Invoice } from '#domain/invoice/invoice.ts';
import type { Payment } from '#domain/payment/payment.ts';
import type { Refund } from '#domain/payment/refund.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';
import { findInvoice } from './invoices.ts';
import { loadCustomer } from './customers.ts';

/** From an instant on, and before another (ISO 8601 UTC). */
export interface Period {
  from: string;
  until: string;
}

const all = { pages: 'all' } as const;

/** Oldest first, like the lists below. */
export async function invoicesBetween({ entities }: Tenant, { from, until }: Period): Promise<Invoice[]> {
  const found = entities.invoice.query.inPeriod({}).between({ issuedAt: from }, { issuedAt: until });
  return (await found.go(all)).data;
}

export async function paymentsBetween({ entities }: Tenant, { from, until }: Period): Promise<Payment[]> {
  const found = entities.payment.query.inPeriod({}).between({ receivedAt: from }, { receivedAt: until });
  return (await found.go(all)).data;
}

export async function refundsBetween({ entities }: Tenant, { from, until }: Period): Promise<Refund[]> {
  const found = entities.refund.query.inPeriod({}).between({ askedAt: from }, { askedAt: until });
  return (await found.go(all)).data;
}

export async function creditNotesBetween(
  { entities }: Tenant,
  { from, until }: Period,
): Promise<CreditNote[]> {
  const found = entities.creditNote.query.inPeriod({}).between({ issuedAt: from }, { issuedAt: until });
  return (await found.go(all)).data.map(({ note }) => note);
}

export async function externalRefs({ entities }: Tenant): Promise<ExternalRef[]> {
  return (await entities.externalRef.query.all({}).go(all)).data;
}

export const putExternalRef = ({ entities }: Tenant, ref: ExternalRef): Write =>
  put('externalRef', entities.externalRef.put(ref).params());

/** Whether the shop has such a thing. */
export async function isBooked(t: Tenant, kind: BookedKind, id: string): Promise<boolean> {
  const { entities } = t;
  switch (kind) {
    case 'invoice':
      return (await findInvoice(t, id)) !== undefined;
    case 'customer':
      return (await loadCustomer(t, id)) !== undefined;
    case 'payment':
      return (await entities.payment.query.byId({ id }).go({ limit: 1 })).data.length > 0;
    case 'refund':
      return (await entities.refund.query.byId({ id }).go({ limit: 1 })).data.length > 0;
    case 'credit_note':
      return (await entities.creditNote.query.byId({ id }).go({ limit: 1 })).data.length > 0;
  }
}
