import * as routes from '#contract/routes/billing.ts';
import { paymentsOf } from '../../adapters/dynamo/repositories/invoices.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const getInvoice = implement(routes.getInvoice, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { quoteVersion: _, ...invoice } = await visibleInvoice(t, caller, params.invoiceId);
  const payments = await paymentsOf(t, invoice.id);
  return { ...invoice, payments: payments.map(({ invoiceId: _, ...payment }) => payment) };
});
