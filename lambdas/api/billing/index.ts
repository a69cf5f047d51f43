import { shopApiHandler } from '../../http/shop-api.ts';
import { addAdjustment, answerAdjustment } from './adjustments.ts';
import { chargeStoredMethod } from './charge-stored-method.ts';
import { createCreditNote } from './create-credit-note.ts';
import { exportBooks } from './export-books.ts';
import { getAccount } from './get-account.ts';
import { getCustomerAccount } from './get-customer-account.ts';
import { getInvoice } from './get-invoice.ts';
import { listCreditNotes } from './list-credit-notes.ts';
import { openCheckout } from './open-checkout.ts';
import { openJobCheckout } from './open-job-checkout.ts';
import { recordPayment } from './record-payment.ts';
import { refundPayment } from './refund-payment.ts';
import { reversePayment } from './reverse-payment.ts';
import { setExternalRef } from './set-external-ref.ts';
import { getStoredMethod, removeStoredMethod } from './stored-method.ts';
import { stripeWebhook } from './stripe-webhook.ts';

/** The billing context: one Lambda. */
export const handler = shopApiHandler([
  addAdjustment,
  answerAdjustment,
  chargeStoredMethod,
  createCreditNote,
  exportBooks,
  getAccount,
  getCustomerAccount,
  getInvoice,
  getStoredMethod,
  listCreditNotes,
  openCheckout,
  openJobCheckout,
  recordPayment,
  refundPayment,
  removeStoredMethod,
  reversePayment,
  setExternalRef,
  stripeWebhook,
]);
