import type { Adjustment } from '#domain/adjustment/adjustment.ts';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import type { Invoice, InvoiceState } from '#domain/invoice/invoice.ts';
import type { Payment } from '#domain/payment/payment.ts';
import type { Refund } from '#domain/payment/refund.ts';
import { put, type Write } from '../commit.ts';
import { rowsOf } from '../rows-of.ts';
import type { Tenant } from '../tenant.ts';
import { ranges, rowsOfJob } from './job-rows.ts';

/** Everything about a job's money; each list oldest first. */
export interface StoredBooks {
  invoices: Invoice[];
  creditNotes: CreditNote[];
  payments: Payment[];
  refunds: Refund[];
  adjustments: Adjustment[];
}

/** Consistent. Whatever changes one of the rows changes the job's version too. */
export async function loadBooks(t: Tenant, jobId: string): Promise<StoredBooks> {
  const { invoice, creditNote, payment, refund, adjustment } = t.entities;
  const rows = await rowsOfJob(t, jobId, ranges.books);
  return {
    invoices: rowsOf(invoice, rows),
    creditNotes: rowsOf(creditNote, rows).map(({ note }) => note),
    payments: rowsOf(payment, rows).sort((one, other) => one.receivedAt.localeCompare(other.receivedAt)),
    refunds: rowsOf(refund, rows),
    adjustments: rowsOf(adjustment, rows),
  };
}

/** A payment by what makes it one row: the provider's id. The index only finds its job. */
export async function jobOfPayment({ entities }: Tenant, key: string): Promise<string | undefined> {
  return (await entities.payment.query.byKey({ key }).go({ limit: 1 })).data[0]?.jobId;
}

/** Writes a payment that was `before` when it was read. */
export const paymentWrite = ({ entities }: Tenant, payment: Payment, before: Payment | undefined): Write =>
  put(
    'payment',
    before
      ? entities.payment
          .put(payment)
          .where(({ state }, { eq }) => eq(state, before.state))
          .params()
      : entities.payment.create(payment).params(),
  );

export const refundWrite = ({ entities }: Tenant, refund: Refund, before: Refund | undefined): Write =>
  put(
    'refund',
    before
      ? entities.refund
          .put(refund)
          .where(({ state }, { eq }) => eq(state, before.state))
          .params()
      : entities.refund.create(refund).params(),
  );

export const adjustmentWrite = (
  { entities }: Tenant,
  adjustment: Adjustment,
  before: Adjustment | undefined,
): Write =>
  put(
    'adjustment',
    before
      ? entities.adjustment
          .put(adjustment)
          .where(({ state }, { eq }) => eq(state, before.state))
          .params()
      : entities.adjustment.create(adjustment).params(),
  );

/** An invoice that stands otherwise now. */
export const invoiceWrite = ({ entities }: Tenant, invoice: Invoice, before: InvoiceState): Write =>
  put(
    'invoice',
    entities.invoice
      .put(invoice)
      .where(({ state }, { eq }) => eq(state, before))
      .params(),
  );
