import type { CreditNote } from '../credit-note/credit-note.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { Job, PaymentState } from '../job/job.ts';
import type { Payment } from './payment.ts';
import { counts, refundable, type Refund } from './refund.ts';

/** All money of one job. */
export interface Books {
  invoices: readonly Invoice[];
  creditNotes: readonly Pick<CreditNote, 'invoiceId' | 'totalMinor'>[];
  payments: readonly Payment[];
  refunds: readonly Refund[];
}

export interface InvoiceStanding {
  creditedMinor: number;
  paidMinor: number;
  /** total - credited - paid, never below 0. */
  owedMinor: number;
  state: Invoice['state'];
}

/**
 * Where a job stands with its money, in minor units. Always:
 * owed - spare = invoiced - credited + kept - received + refunded.
 */
export interface Standing {
  invoicedMinor: number;
  creditedMinor: number;
  /** Kept of a canceled job without an invoice. */
  keptMinor: number;
  receivedMinor: number;
  refundedMinor: number;
  owedMinor: number;
  /** In the shop's hands and on no invoice: deposits, and what was paid too much. */
  spareMinor: number;
  /** By the invoice's id. */
  invoices: Readonly<Record<string, InvoiceStanding>>;
  /** What has come in for what is agreed now. */
  paidMinor: number;
  payment: PaymentState;
}

type MoneyOfJob = Pick<Job, 'quote' | 'agreedAt' | 'kept' | 'adjusted'>;

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);

/**
 * What was paid for an invoice goes to it; what is left over, and every deposit, goes to the oldest invoice that is open. What
 * was returned of a payment counts no more; what was returned beyond it, by two ways at once, the customer owes.
 */
export function standingOf(job: MoneyOfJob, books: Books): Standing {
  const { payments, refunds } = books;
  const mistaken = new Set(refunds.filter(({ by }) => by === 'reversal').map(({ paymentId }) => paymentId));
  const arrived = payments.filter((payment) => counts(payment) && !mistaken.has(payment.id));
  const left = new Map(arrived.map((payment) => [payment.id, refundable(payment, refunds)]));
  const keptMinor = job.kept?.amountMinor ?? 0;
  const netOf = ({ id, totalMinor }: Invoice) => totalMinor - creditedOf(id);
  const creditedOf = (invoiceId: string) =>
    sum(books.creditNotes.filter((note) => note.invoiceId === invoiceId).map((note) => note.totalMinor));

  const invoices = [...books.invoices].sort((a, b) => a.quoteVersion - b.quoteVersion);
  const paid = new Map(
    invoices.map((invoice) => {
      const own = payments.filter(({ invoiceId }) => invoiceId === invoice.id);
      return [invoice.id, Math.max(0, Math.min(netOf(invoice), sum(own.map(({ id }) => left.get(id) ?? 0))))];
    }),
  );
  let pool = sum([...left.values()]) - sum([...paid.values()]);
  for (const invoice of invoices) {
    const before = paid.get(invoice.id) ?? 0;
    const more = Math.max(0, Math.min(pool, netOf(invoice) - before));
    paid.set(invoice.id, before + more);
    pool -= more;
  }
  const spareMinor = Math.max(0, pool - keptMinor);
  const owedForKept = Math.max(0, keptMinor - pool);

  const standings = Object.fromEntries(
    invoices.map((invoice): [string, InvoiceStanding] => {
      const creditedMinor = creditedOf(invoice.id);
      const paidMinor = paid.get(invoice.id) ?? 0;
      const owedMinor = invoice.totalMinor - creditedMinor - paidMinor;
      const whole = creditedMinor > 0 && creditedMinor >= invoice.totalMinor;
      return [
        invoice.id,
        { creditedMinor, paidMinor, owedMinor, state: owedMinor > 0 ? 'open' : whole ? 'credited' : 'paid' },
      ];
    }),
  );
  const receivedMinor = sum(arrived.map(({ amountMinor }) => amountMinor));
  const netMinor = sum([...left.values()]);
  const standing = {
    invoicedMinor: sum(invoices.map(({ totalMinor }) => totalMinor)),
    creditedMinor: sum(Object.values(standings).map(({ creditedMinor }) => creditedMinor)),
    keptMinor,
    receivedMinor,
    refundedMinor: receivedMinor - netMinor,
    owedMinor: sum(Object.values(standings).map(({ owedMinor }) => owedMinor)) + owedForKept,
    spareMinor,
    invoices: standings,
  };
  return { ...standing, ...forAgreement(job, invoices, standing) };
}

/** The payment axis of the job speaks of what is agreed now: earlier rounds of a reopened job have their own invoices. */
function forAgreement(
  job: MoneyOfJob,
  invoices: readonly Invoice[],
  standing: Omit<Standing, 'paidMinor' | 'payment'>,
): Pick<Standing, 'paidMinor' | 'payment'> {
  const { spareMinor, owedMinor, receivedMinor, refundedMinor, keptMinor } = standing;
  const allReturned = refundedMinor > 0 && refundedMinor >= receivedMinor;
  const billed = invoices.find(({ quoteVersion }) => quoteVersion === job.quote?.version);
  if (billed && job.agreedAt !== undefined) {
    const paidMinor = (standing.invoices[billed.id]?.paidMinor ?? 0) + spareMinor;
    if (owedMinor > 0) return { paidMinor, payment: paidMinor > 0 ? 'partial' : 'unpaid' };
    return { paidMinor, payment: allReturned ? 'refunded' : 'paid' };
  }
  if (keptMinor > 0) return { paidMinor: 0, payment: 'paid' };
  if (spareMinor === 0) return { paidMinor: 0, payment: allReturned ? 'refunded' : 'unpaid' };
  const wanted = billed ? undefined : agreedTotal(job);
  return {
    paidMinor: spareMinor,
    payment: wanted !== undefined && spareMinor >= wanted ? 'paid' : 'deposit',
  };
}

/** The price of the offer in force with what was added since; undefined while there is none. */
export const agreedTotal = ({ quote, adjusted }: MoneyOfJob): number | undefined =>
  quote && ['draft', 'sent', 'approved'].includes(quote.state)
    ? quote.totalMinor + (adjusted?.version === quote.version ? adjusted.amountMinor : 0)
    : undefined;

/** What may still be paid of what was offered or agreed and has no invoice yet; nothing of what is canceled. */
export function openBeforeInvoice(
  job: MoneyOfJob & Pick<Job, 'status'>,
  { invoices }: Pick<Books, 'invoices'>,
  { spareMinor }: Pick<Standing, 'spareMinor'>,
): number {
  const billed = invoices.some(({ quoteVersion }) => quoteVersion === job.quote?.version);
  if (billed || job.status.startsWith('canceled')) return 0;
  return Math.max(0, (agreedTotal(job) ?? 0) - spareMinor);
}
