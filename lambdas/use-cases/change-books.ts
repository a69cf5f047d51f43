import type { Actor } from '#domain/actor.ts';
import type { Adjustment } from '#domain/adjustment/adjustment.ts';
import type { CreditNote } from '#domain/credit-note/credit-note.ts';
import type { LoggedEvent } from '#domain/event.ts';
import type { Invoice } from '#domain/invoice/invoice.ts';
import { isLive, type Job } from '#domain/job/job.ts';
import type { Payment } from '#domain/payment/payment.ts';
import type { Refund } from '#domain/payment/refund.ts';
import { standingOf, type Standing } from '#domain/payment/standing.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError, type Write } from '../adapters/dynamo/commit.ts';
import {
  adjustmentWrite,
  invoiceWrite,
  loadBooks,
  paymentWrite,
  refundWrite,
  type StoredBooks,
} from '../adapters/dynamo/repositories/books.ts';
import { creditNoteWrites } from '../adapters/dynamo/repositories/documents.ts';
import { issueWrites } from '../adapters/dynamo/repositories/invoices.ts';
import {
  eventWrite,
  loadJob,
  replaceWrites,
  wakeWrite,
  type LoadedJob,
} from '../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** What happens to a job's money, and who did it. */
export interface BooksChange<T> {
  result: T;
  actor: Actor;
  payment?: Payment;
  refunds?: readonly Refund[];
  adjustment?: Adjustment;
  issued?: { invoice: Invoice; serial: number };
  credited?: { note: CreditNote; serial: number };
  /** Beside the payment axis, which follows from the books. A key that is undefined takes the value off. */
  job?: { [K in keyof Job]?: Job[K] | undefined };
  /** What to tell, once it is known where the books stand then and which invoices that has paid. */
  events: (standing: Standing, paid: readonly Invoice[]) => LoggedEvent[];
  writes?: Write[];
}

/** Rows that others may write at the same moment; the loser looks again. */
const contested = new Set(['job', 'serial', 'payment', 'refund', 'adjustment', 'invoice', 'creditNote']);
const mostTries = 12;

/**
 * The one way money of a job changes: load job and books, plan, ONE transaction with the rows, the state of every invoice, the job's
 * payment axis and the events. A live job whose payment changes is looked at by its workflow: an execution that ended with the money is
 * replaced when the money is taken back. When somebody else changed the job meanwhile it is planned again on what is there now.
 * @returns undefined when the plan changes nothing
 * @throws ConflictError when a row that the plan added was taken
 */
export async function changeBooks<T>(
  t: Tenant,
  jobId: string,
  plan: (
    loaded: LoadedJob,
    books: StoredBooks,
    now: string,
  ) => Promise<BooksChange<T> | Refusal | undefined> | BooksChange<T> | Refusal | undefined,
): Promise<{ result: T } | { refusal: Refusal } | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    // The job first: whatever changes the books after it was read changes its version.
    const loaded = await loadJob(t, jobId);
    if (!loaded) throw new Error(`Money of job ${jobId}, which is not there`);
    const books = await loadBooks(t, jobId);
    const instant = now();
    const change = await plan(loaded, books, instant);
    if (change === undefined) return undefined;
    if (isRefusal(change)) return { refusal: change };
    try {
      await commit(t.client, writesOf(t, loaded.job, books, change, instant));
      return { result: change.result };
    } catch (error) {
      const overtaken = error instanceof ConflictError && error.names.every((name) => contested.has(name));
      if (!overtaken || attempt === mostTries) throw error;
    }
  }
}

const replaced = <R extends { id: string }>(rows: readonly R[], more: readonly R[]): R[] => [
  ...rows.filter(({ id }) => !more.some((each) => each.id === id)),
  ...more,
];
const only = <V>(value: V | undefined): V[] => (value === undefined ? [] : [value]);

function writesOf<T>(
  t: Tenant,
  before: Job,
  books: StoredBooks,
  change: BooksChange<T>,
  instant: string,
): Write[] {
  const { payment, refunds = [], adjustment, issued, credited, actor, writes = [] } = change;
  const changed = withoutUndefined({ ...before, ...change.job });
  const after = {
    invoices: [...books.invoices, ...only(issued?.invoice)],
    creditNotes: [...books.creditNotes, ...only(credited?.note)],
    payments: replaced(books.payments, only(payment)),
    refunds: replaced(books.refunds, refunds),
  };
  const standing = standingOf(changed, after);
  const job: Job = { ...changed, payment: standing.payment, paidMinor: standing.paidMinor };
  const standingInvoice = (invoice: Invoice): Invoice => {
    const { paidAt, ...rest } = invoice;
    const state = standing.invoices[invoice.id]?.state ?? invoice.state;
    return state === 'paid' ? { ...rest, state, paidAt: paidAt ?? instant } : { ...rest, state };
  };
  const moved = books.invoices
    .map((invoice) => ({ was: invoice.state, invoice: standingInvoice(invoice) }))
    .filter(({ was, invoice }) => was !== invoice.state);
  const paid = moved.filter(({ invoice }) => invoice.state === 'paid').map(({ invoice }) => invoice);
  const moneyMoved = before.payment !== job.payment || before.paidMinor !== job.paidMinor;
  return [
    ...replaceWrites(t, before, job, instant),
    ...(moneyMoved && isLive(job)
      ? [wakeWrite(t, { id: job.id, version: before.version + 1 }, instant)]
      : []),
    ...moved.map(({ was, invoice }) => invoiceWrite(t, invoice, was)),
    ...only(payment).map((row) =>
      paymentWrite(
        t,
        row,
        books.payments.find(({ id }) => id === row.id),
      ),
    ),
    ...refunds.map((row) =>
      refundWrite(
        t,
        row,
        books.refunds.find(({ id }) => id === row.id),
      ),
    ),
    ...only(adjustment).map((row) =>
      adjustmentWrite(
        t,
        row,
        books.adjustments.find(({ id }) => id === row.id),
      ),
    ),
    ...(issued ? issueWrites(t, standingInvoice(issued.invoice), issued.serial) : []),
    ...(credited ? creditNoteWrites(t, credited.note, credited.serial) : []),
    ...change.events(standing, paid).map((event) => eventWrite(t, job, event, actor, instant)),
    ...writes,
  ];
}

const withoutUndefined = (job: { [K in keyof Job]?: Job[K] | undefined }): Job =>
  Object.fromEntries(Object.entries(job).filter(([, value]) => value !== undefined)) as unknown as Job;
