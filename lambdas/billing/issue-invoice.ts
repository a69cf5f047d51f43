import { billedQuote, issueInvoice } from '#domain/invoice/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import { reactor } from '../events/reactor.ts';
import { newId } from '../adapters/ids.ts';
import { loadJob, quotesOfJob } from '../adapters/dynamo/repositories/jobs.ts';
import { lastSerial } from '../adapters/dynamo/repositories/serials.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';
import { changeBooks } from '../use-cases/change-books.ts';

const actor = { kind: 'system', name: 'invoicing' } as const;
const canceled: readonly string[] = ['canceled_by_customer', 'canceled_by_shop'];

/**
 * The job has come to where its template invoices it: the approved version is invoiced once, whatever happens how often (CO-60,
 * DF-09, JT-48), with what was agreed beside it (CO-62). Deposits count for it at once (JX-2). An order that was reopened, quoted
 * anew and delivered again is invoiced for its new version; one that was canceled meanwhile is not.
 */
export const handler = reactor('issue-invoice', async ({ shopId, jobId, at, transition }) => {
  if (!transition) return;
  const t = tenant(shopId);
  const found = await loadJob(t, jobId);
  if (transition.to !== found?.template.invoicedOn) return;
  const quote = billedQuote(await quotesOfJob(t, jobId), at);
  if (!quote) return logger.error('nothing to invoice', { shopId, jobId });
  await changeBooks(t, jobId, async ({ job }, { invoices, adjustments }, instant) => {
    const done = invoices.some(({ quoteVersion }) => quoteVersion === quote.version);
    if (done || canceled.includes(job.status)) return undefined;
    const serial = (await lastSerial(t, 'invoices')) + 1;
    const { po } = job;
    const basis = { id: newId('inv'), serial, job, quote, adjustments, dueAt: po?.dueAt ?? instant };
    const invoice = issueInvoice(basis, instant);
    if (isRefusal(invoice)) {
      logger.error('the quote can not be invoiced', { shopId, jobId, why: invoice.message });
      return undefined;
    }
    const { id, number, totalMinor, currency } = invoice;
    return {
      result: id,
      actor,
      issued: { invoice, serial },
      job: job.quote?.version === quote.version ? { invoicedAt: instant } : {},
      events: ({ invoices: standings }) => {
        const owedMinor = standings[id]?.owedMinor ?? totalMinor;
        const data = { invoiceId: id, number, totalMinor, owedMinor, currency };
        return [{ type: 'invoice.issued', data }];
      },
    };
  });
});
