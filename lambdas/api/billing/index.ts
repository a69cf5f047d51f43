import { apiHandler } from '../../http/stack.ts';
import { createCreditNote } from './create-credit-note.ts';
import { getCustomerAccount } from './get-customer-account.ts';
import { getInvoice } from './get-invoice.ts';
import { listCreditNotes } from './list-credit-notes.ts';
import { openCheckout } from './open-checkout.ts';
import { stripeWebhook } from './stripe-webhook.ts';

/** The billing context: one Lambda. */
export const handler = apiHandler([
  createCreditNote,
  getCustomerAccount,
  getInvoice,
  listCreditNotes,
  openCheckout,
  stripeWebhook,
]);
