import { openBeforeInvoice, standingOf } from '#domain/payment/standing.ts';
import { reactor } from '../events/reactor.ts';
import { loadBooks } from '../adapters/dynamo/repositories/books.ts';
import { findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { findTry } from '../adapters/dynamo/repositories/online-payments.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { closePaymentPage } from '../use-cases/close-payment-page.ts';

/** Less is owed than before: a payment page that asks for more is closed, so that nobody pays twice. Repeating it changes nothing. */
export const handler = reactor('close-pages', async ({ shopId, jobId }) => {
  const t = tenant(shopId);
  const job = await findJob(t, jobId);
  if (!job) return;
  const books = await loadBooks(t, jobId);
  const standing = standingOf(job, books);
  const open = new Map([
    [jobId, openBeforeInvoice(job, books, standing)],
    ...books.invoices.map(({ id }): [string, number] => [id, standing.invoices[id]?.owedMinor ?? 0]),
  ]);
  for (const [target, openMinor] of open) {
    const last = await findTry(t, target);
    if (last?.sessionId !== undefined && last.amountMinor > openMinor) await closePaymentPage(t, target);
  }
});
