import { issueInvoice } from '#domain/invoice/invoice.ts';
import { isRefusal } from '#domain/refusal.ts';
import { parseBusEvent } from '../events/bus-event.ts';
import { now } from '../adapters/clock.ts';
import { newId } from '../adapters/ids.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { invoiceOfJob, issueWrites, lastInvoiceSerial } from '../adapters/dynamo/repositories/invoices.ts';
import { amendWrites, loadJob, loadQuote } from '../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { logger } from '../logger.ts';

const mostTries = 12;

/** The order was handed over or has arrived: its one invoice is issued, whatever happens how often (CO-60). */
export async function handler(event: unknown): Promise<void> {
  const { shopId, jobId } = parseBusEvent(event);
  const t = tenant(shopId);
  for (let attempt = 1; ; attempt += 1) {
    if (await invoiceOfJob(t, jobId)) return;
    try {
      return await issue(t, jobId);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error;
    }
  }
}

async function issue(t: Tenant, jobId: string): Promise<void> {
  const loaded = await loadJob(t, jobId);
  const version = loaded?.job.quote?.version;
  const quote = version === undefined ? undefined : await loadQuote(t, jobId, version);
  if (!loaded || !quote) return logger.error('nothing to invoice', { shopId: t.shopId, jobId });
  const serial = (await lastInvoiceSerial(t)) + 1;
  const instant = now();
  const invoice = issueInvoice({ id: newId('inv'), serial, job: loaded.job, quote }, instant);
  if (isRefusal(invoice))
    return logger.error('the quote can not be invoiced', { shopId: t.shopId, jobId, why: invoice.message });
  const { id, number, totalMinor, currency } = invoice;
  await commit(t.client, [
    ...issueWrites(t, invoice, serial),
    ...amendWrites(t, loaded.job, {}, instant, {
      event: { type: 'invoice.issued', data: { invoiceId: id, number, totalMinor, currency } },
      actor: { kind: 'system', name: 'invoicing' },
    }),
  ]);
}
