import { findTry } from '../adapters/dynamo/repositories/online-payments.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { expireCheckoutPage, findCheckoutPage } from '../adapters/stripe/stripe.ts';

/** Nothing is owed any more: a page that is still open takes no second payment. Repeating it changes nothing. */
export async function closePaymentPage(t: Tenant, target: string): Promise<void> {
  const last = await findTry(t, target);
  if (last?.sessionId === undefined) return;
  const { state } = await findCheckoutPage(last.account, last.sessionId);
  if (state === 'open') await expireCheckoutPage(last.account, last.sessionId);
}
