import * as routes from '#contract/routes/customers.ts';
import { creditNotesOfJob } from '../../adapters/dynamo/repositories/documents.ts';
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
      const notes = state === 'open' ? await creditNotesOfJob(t, jobId) : [];
      const credited = notes
        .filter(({ invoiceId }) => invoiceId === id)
        .reduce((sum, note) => sum + note.totalMinor, 0);
      const owedMinor = state === 'open' ? Math.max(0, totalMinor - credited) : 0;
      return { id, jobId, jobNumber, number, currency, totalMinor, owedMinor, state, issuedAt };
    }),
  );
  const sums = new Map<string, number>();
  for (const { currency, owedMinor } of invoices)
    if (owedMinor > 0) sums.set(currency, (sums.get(currency) ?? 0) + owedMinor);
  return { invoices, owed: [...sums].map(([currency, minor]) => ({ currency, minor })) };
});
