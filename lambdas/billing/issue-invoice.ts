import { billedQuote, issueInvoice } from '#domain/invoice/invoice.ts';
import type { Quote } from '#domain/quote/quote.ts';
import { isRefusal } from '#domain/refusal.ts';
import { parseBusEvent } from '../events/bus-event.ts';
import { now } from '../adapters/clock.ts';
import { newId } from '../adapters/ids.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { invoiceOf, issueWrites } from '../adapters/dynamo/repositories/invoices.ts';
import { amendWrites, loadJob, quotesOfJob } from '../adapters/dynamo/repositories/jobs.ts';
import { lastSerial } from '../adapters/dynamo/repositories/serials.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';

const mostTries = 12;

/**
 * The job has come to where its template invoices it: the approved version is invoiced once, whatever happens how often (CO-60,
 * DF-09, JT-48). An order that was reopened, quoted anew and delivered again is invoiced for its new version.
 */
export async function handler(event: unknown): Promise<void> {
  const { shopId, jobId, at, transition } = parseBusEvent(event);
  if (!transition) return;
  const t = tenant(shopId);
  const loaded = await loadJob(t, jobId);
  if (transition.to !== loaded?.template.invoicedOn) return;
  const quote = billedQuote(await quotesOfJob(t, jobId), at);
  if (!quote) return logger.error('nothing to invoice', { shopId, jobId });
  for (let attempt = 1; ; attempt += 1) {
    if (await invoiceOf(t, jobId, quote.version)) return;
    try {
      return await issue(t, quote);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error;
    }
  }
}

async function issue(t: Tenant, quote: Quote): Promise<void> {
  const { jobId } = quote;
  const loaded = await loadJob(t, jobId);
  if (!loaded) return logger.error('an offer has no job', { shopId: t.shopId, jobId });
  const serial = (await lastSerial(t, 'invoices')) + 1;
  const instant = now();
  const invoice = issueInvoice({ id: newId('inv'), serial, job: loaded.job, quote }, instant);
  if (isRefusal(invoice))
    return logger.error('the quote can not be invoiced', { shopId: t.shopId, jobId, why: invoice.message });
  const { id, number, totalMinor, currency } = invoice;
  await commit(t.client, [
    ...issueWrites(t, invoice, serial),
    // Whatever was paid before, this one is owed.
    ...amendWrites(t, loaded.job, { payment: 'unpaid' }, instant, {
      event: { type: 'invoice.issued', data: { invoiceId: id, number, totalMinor, currency } },
      actor: { kind: 'system', name: 'invoicing' },
    }),
  ]);
}
