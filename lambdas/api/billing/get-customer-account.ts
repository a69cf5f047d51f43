import * as routes from '#contract/routes/customers.ts';
import { standingOf } from '#domain/payment/standing.ts';
import { loadBooks } from '../../adapters/dynamo/repositories/books.ts';
import { findJob } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { loadCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { invoicesOfCustomer } from '../../adapters/dynamo/repositories/invoices.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const getCustomerAccount = implement(routes.getCustomerAccount, async ({ caller, params }) => {
  const { t } = inShop(caller);
  const { customerId } = params;
  if (!(await loadCustomer(t, customerId))) throw notFound();
  const found = await invoicesOfCustomer(t, customerId);
  const invoices = await Promise.all(
    found.map(async ({ id, jobId, jobNumber, number, currency, totalMinor, state, issuedAt }) => {
      const owedMinor = state === 'open' ? await owedOf(t, jobId, id) : 0;
      return { id, jobId, jobNumber, number, currency, totalMinor, owedMinor, state, issuedAt };
    }),
  );
  const sums = new Map<string, number>();
  for (const { currency, owedMinor } of invoices)
    if (owedMinor > 0) sums.set(currency, (sums.get(currency) ?? 0) + owedMinor);
  return { invoices, owed: [...sums].map(([currency, minor]) => ({ currency, minor })) };
});

/** What of the invoice is neither credited nor paid. */
async function owedOf(t: Tenant, jobId: string, invoiceId: string): Promise<number> {
  const job = await findJob(t, jobId);
  if (!job) throw new Error(`Invoice ${invoiceId} has no job`);
  return standingOf(job, await loadBooks(t, jobId)).invoices[invoiceId]?.owedMinor ?? 0;
}
