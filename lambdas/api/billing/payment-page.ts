import type { Invoice } from '#domain/invoice/invoice.ts';
import { sha256 } from '../../adapters/hash.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import {
  claimPage,
  findPage,
  paymentsOf,
  storePage,
  type PaymentPage,
} from '../../adapters/dynamo/repositories/invoices.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { expireCheckoutPage, findCheckoutPage, openCheckoutPage } from '../../adapters/stripe/stripe.ts';
import { environment } from '../../env.ts';
import { ApiError } from '../../http/problem.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

const mostTries = 6;

export interface PageWanted {
  invoice: Invoice;
  shop: { name: string; paymentAccountId: string };
  /** Where the customer comes back to, a path of ours. */
  returnPath: string;
}

/**
 * The one page an invoice can be paid on at a time. An open page is used again; one that leads back elsewhere is closed first.
 * The row is claimed before the provider is asked, and names the provider's idempotency key: a crash in between, or a call
 * at the same moment, finds the same page and leaves no second one open.
 * @throws ApiError `not_allowed_now` when a page has been paid and the money is on its way
 */
export async function paymentPage(t: Tenant, wanted: PageWanted): Promise<string> {
  const { invoice, shop, returnPath } = wanted;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const page = await findPage(t, invoice.id);
    const fits = page?.account === shop.paymentAccountId && page.returnPath === returnPath;
    const next: PaymentPage = {
      invoiceId: invoice.id,
      number: (page?.number ?? 0) + 1,
      account: shop.paymentAccountId,
      returnPath,
    };
    try {
      const open = page && (await openAtProvider(t, wanted, page));
      if (open && fits) return open.url;
      if (page && open) await expireCheckoutPage(page.account, open.sessionId);
      else await commit(t.client, [claimPage(t, next)]);
    } catch (error) {
      // Somebody else was faster: theirs is the page.
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  throw new ApiError('stale', 'Several payment pages are being opened for this invoice. Try again.');
}

/** The page while it can be paid; undefined once it is over. A claim without a page gets one. */
async function openAtProvider(
  t: Tenant,
  { invoice, shop }: PageWanted,
  page: PaymentPage,
): Promise<{ sessionId: string; url: string } | undefined> {
  if (page.sessionId === undefined) {
    const back = `${PUBLIC_URL}${page.returnPath}`;
    const made = await openCheckoutPage(
      {
        account: page.account,
        invoiceId: invoice.id,
        label: `${shop.name}, invoice ${invoice.number}`,
        amountMinor: invoice.totalMinor,
        currency: invoice.currency,
        customerEmail: invoice.customer.email,
        successUrl: back,
        cancelUrl: back,
      },
      sha256(`${t.shopId}|${invoice.id}|${page.number}`),
    );
    await storePage(t, { ...page, sessionId: made.sessionId });
    return made;
  }
  const found = await findCheckoutPage(page.account, page.sessionId);
  if (found.state === 'open') return { sessionId: page.sessionId, url: found.url };
  if (found.state === 'expired') return undefined;
  const payments = await paymentsOf(t, invoice.id);
  if (payments.some(({ providerId, state }) => providerId === found.paymentId && state === 'failed'))
    return undefined;
  throw new ApiError(
    'not_allowed_now',
    'A payment of this invoice is on its way. It shows here once it has arrived.',
  );
}

/** The invoice is paid: a page that is still open takes no second payment. Repeating it changes nothing. */
export async function closePaymentPage(t: Tenant, invoiceId: string): Promise<void> {
  const page = await findPage(t, invoiceId);
  if (page?.sessionId === undefined) return;
  const { state } = await findCheckoutPage(page.account, page.sessionId);
  if (state === 'open') await expireCheckoutPage(page.account, page.sessionId);
}
