import type { Invoice } from '#domain/invoice/invoice.ts';
import type { Payment, TakenPayment } from '#domain/invoice/payment.ts';
import { commit, put, type Write } from '../commit.ts';
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

/** The invoices of a job, oldest first: one, or one more each time it was reopened, quoted anew and handed over again. */
export async function invoicesOfJob({ entities }: Tenant, jobId: string): Promise<Invoice[]> {
  return (await entities.invoice.query.ofJob({ jobId }).go({ consistent: true, pages: 'all' })).data;
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

/** Consistent, oldest first. */
export async function paymentsOf({ entities }: Tenant, invoiceId: string): Promise<Payment[]> {
  const { data } = await entities.payment.query
    .ofInvoice({ invoiceId })
    .go({ consistent: true, pages: 'all' });
  return data.sort((a, b) => a.receivedAt.localeCompare(b.receivedAt));
}

/** Writes a payment that was `before` when it was read, and the invoice it settled. */
export const paymentWrites = (
  { entities }: Tenant,
  { payment, paid }: TakenPayment,
  before: Payment | undefined,
): Write[] => [
  put(
    'payment',
    before
      ? entities.payment
          .put(payment)
          .where(({ state }, { eq }) => eq(state, before.state))
          .params()
      : entities.payment.create(payment).params(),
  ),
  ...(paid
    ? [
        put(
          'invoice',
          entities.invoice
            .put(paid)
            .where(({ state }, { eq }) => eq(state, 'open'))
            .params(),
        ),
      ]
    : []),
];

/** The newest payment page of an invoice. `sessionId` is the provider's and missing until it has answered. */
export interface PaymentPage {
  invoiceId: string;
  number: number;
  account: string;
  returnPath: string;
  sessionId?: string;
}

export async function findPage({ entities }: Tenant, invoiceId: string): Promise<PaymentPage | undefined> {
  return (await entities.paymentPage.get({ invoiceId }).go({ consistent: true })).data ?? undefined;
}

/** Takes the place of the page before it: of two callers one succeeds. */
export const claimPage = ({ entities }: Tenant, page: PaymentPage): Write =>
  put(
    'page',
    page.number === 1
      ? entities.paymentPage.create(page).params()
      : entities.paymentPage
          .put(page)
          .where(({ number }, { eq }) => eq(number, page.number - 1))
          .params(),
  );

/** Stores the provider's answer to a claim, unless a later page took its place. */
export async function storePage(t: Tenant, page: PaymentPage): Promise<void> {
  const write = t.entities.paymentPage
    .put(page)
    .where(({ number }, { eq }) => eq(number, page.number))
    .params();
  await commit(t.client, [put('page', write)]);
}
