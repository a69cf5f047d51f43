import * as routes from '#contract/routes/billing.ts';
import { standingOf } from '#domain/payment/standing.ts';
import { loadBooks } from '../../adapters/dynamo/repositories/books.ts';
import { findJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { paymentView } from './account-view.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const getInvoice = implement(routes.getInvoice, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { quoteVersion: _, dueAt, ...invoice } = await visibleInvoice(t, caller, params.invoiceId);
  const [job, books] = await Promise.all([findJob(t, invoice.jobId), loadBooks(t, invoice.jobId)]);
  const standing = job && standingOf(job, books).invoices[invoice.id];
  if (!standing) throw notFound();
  const { po } = job;
  const { creditedMinor, paidMinor, owedMinor } = standing;
  return {
    ...invoice,
    dueAt: po?.acceptedAt === undefined ? dueAt : po.dueAt,
    creditedMinor,
    paidMinor,
    owedMinor,
    payments: books.payments
      .filter(({ invoiceId }) => invoiceId === undefined || invoiceId === invoice.id)
      .map((payment) => paymentView(payment, books.refunds, caller)),
  };
});
