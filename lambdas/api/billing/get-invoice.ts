import * as routes from '#contract/routes/billing.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { visibleInvoice } from './visible-invoice.ts';

export const getInvoice = implement(routes.getInvoice, ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  return visibleInvoice(t, caller, params.invoiceId);
});
