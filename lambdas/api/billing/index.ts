import { limitedApiHandler } from '../../http/limit-calls.ts';
import { createCreditNote } from './create-credit-note.ts';
import { getCustomerAccount } from './get-customer-account.ts';
import { getInvoice } from './get-invoice.ts';
import { openCheckout } from './open-checkout.ts';
import { stripeWebhook } from './stripe-webhook.ts';

/** The billing context: one Lambda. */
export const handler = limitedApiHandler([
  createCreditNote,
  getCustomerAccount,
  getInvoice,
  openCheckout,
  stripeWebhook,
]);
