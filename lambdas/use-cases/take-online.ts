import type { Invoice } from '#domain/invoice/invoice.ts';
import type { Job } from '#domain/job/job.ts';
import { dueBeforeProduction } from '#domain/job/rules/conditions.ts';
import { openBeforeInvoice, standingOf } from '#domain/payment/standing.ts';
import { now } from '../adapters/clock.ts';
import { sha256 } from '../adapters/hash.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { loadBooks, type StoredBooks } from '../adapters/dynamo/repositories/books.ts';
import { loadJob, stateOf, unchanged, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import {
  claimTry,
  findTry,
  storeTry,
  type PaymentTry,
  type StoredMethod,
} from '../adapters/dynamo/repositories/online-payments.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import {
  chargeKeptCard,
  expireCheckoutPage,
  findCharge,
  findCheckoutPage,
  openCheckoutPage,
  type ChargeAnswer,
  type StoredCharge,
} from '../adapters/stripe/stripe.ts';
import { environment } from '../env.ts';
import { ApiError, notFound } from '../http/problem.ts';
import { receivePayment, type MoneyFor } from './receive-payment.ts';

const { PUBLIC_URL } = environment('PUBLIC_URL');

const mostTries = 6;
/** Only the call that claimed a charge makes it. After this its function and the provider have long given up. */
const chargeEndsMs = 5 * 60_000;

/** What is to be paid online, now. */
export interface Asked extends MoneyFor {
  /** Of the job when its books were read: as long as it is the same, so is what is owed. */
  jobVersion: number;
  label: string;
  amountMinor: number;
  currency: string;
  customer: Job['customer'];
}

export interface PaidShop {
  name: string;
  paymentAccountId: string;
}

/** What is asked for an invoice: what of it is still owed. @throws ApiError `not_allowed_now` when nothing is */
export async function askedForInvoice(
  t: Tenant,
  invoice: Pick<Invoice, 'id' | 'jobId'>,
  shop: { name: string },
): Promise<Asked> {
  const { job } = await jobOf(t, invoice.jobId);
  return ofInvoice(job, await loadBooks(t, invoice.jobId), invoice.id, shop);
}

function ofInvoice(job: Job, books: StoredBooks, invoiceId: string, shop: { name: string }): Asked {
  const invoice = books.invoices.find(({ id }) => id === invoiceId);
  if (!invoice) throw notFound();
  expectNonePending(books);
  const owedMinor = canceled(job) ? 0 : (standingOf(job, books).invoices[invoice.id]?.owedMinor ?? 0);
  if (owedMinor <= 0) throw new ApiError('not_allowed_now', 'Nothing of this invoice is owed any more.');
  return {
    jobId: job.id,
    jobVersion: job.version,
    invoiceId: invoice.id,
    label: `${shop.name}, invoice ${invoice.number}`,
    amountMinor: owedMinor,
    currency: invoice.currency,
    customer: invoice.customer,
  };
}

/**
 * What is asked for a job: its newest open invoice; before there is one the deposit, or all that was agreed.
 * @throws ApiError `not_ready` without an offer, `not_allowed_now` when nothing is open
 */
export async function askedForJob(
  t: Tenant,
  jobId: string,
  shop: { name: string },
  part: 'deposit' | 'all' | undefined,
): Promise<Asked> {
  const loaded = await jobOf(t, jobId);
  const { job } = loaded;
  const books = await loadBooks(t, job.id);
  const standing = standingOf(job, books);
  const open = books.invoices.filter(({ id }) => (standing.invoices[id]?.owedMinor ?? 0) > 0).at(-1);
  if (open) return ofInvoice(job, books, open.id, shop);
  expectNonePending(books);
  const { quote } = job;
  if (!quote || !['sent', 'approved'].includes(quote.state))
    throw new ApiError('not_ready', 'There is no offer to pay for yet.');
  const openMinor = openBeforeInvoice(job, books, standing);
  const depositMinor = Math.min(openMinor, dueBeforeProduction(stateOf(loaded)));
  const wantsDeposit = part === 'deposit' || (part === undefined && depositMinor > 0);
  const amountMinor = wantsDeposit ? depositMinor : openMinor;
  if (amountMinor <= 0) throw new ApiError('not_allowed_now', 'Nothing is to be paid for this order now.');
  return {
    jobId: job.id,
    jobVersion: job.version,
    label: `${shop.name}, ${wantsDeposit ? 'deposit for' : 'order'} ${job.number}`,
    amountMinor,
    currency: quote.currency,
    customer: job.customer,
  };
}

async function jobOf(t: Tenant, jobId: string): Promise<LoadedJob> {
  const loaded = await loadJob(t, jobId);
  if (!loaded) throw notFound();
  return loaded;
}

/** Money of the job that takes days is not asked for a second time in between. */
function expectNonePending({ payments }: StoredBooks): void {
  if (payments.some(({ state }) => state === 'pending')) throw onItsWay();
}

/** Its invoice may not be credited yet. */
const canceled = ({ status }: Job): boolean => status.startsWith('canceled');

const idOf = ({ jobId, invoiceId }: MoneyFor): string => invoiceId ?? jobId;
const onItsWay = () =>
  new ApiError('not_allowed_now', 'A payment is on its way. It shows here once it has arrived.');
const closed = async ({ account }: PaymentTry, sessionId: string): Promise<undefined> => {
  await expireCheckoutPage(account, sessionId);
  return undefined;
};
const keyOf = (t: Tenant, { target, number }: PaymentTry): string =>
  sha256(`${t.shopId}|${target}|${number}`);

/** Claims the next try if what is owed is still what was asked for. */
const claim = (t: Tenant, { jobId, jobVersion }: Asked, next: PaymentTry): Promise<void> =>
  commit(t.client, [claimTry(t, next), unchanged(t, jobId, jobVersion)]);

/**
 * What was tried for the job before it had this invoice may have been paid, though nobody has told the books yet.
 * @returns whether a page was still open, and is closed now
 * @throws ApiError `not_allowed_now` when that money is on its way
 */
async function closedFormer(t: Tenant, { invoiceId, ...asked }: Asked): Promise<boolean> {
  const former = invoiceId === undefined ? undefined : await findTry(t, asked.jobId);
  const open = former && (await openAtProvider(t, asked, former));
  if (former && open) await closed(former, open.sessionId);
  return open !== undefined;
}

/** A payment page as a customer wants it. */
export interface PageWanted {
  /** Looked up anew whenever something else happens to the job meanwhile. */
  ask: () => Promise<Asked>;
  shop: PaidShop;
  /** Where the customer comes back to, a path of ours. */
  returnPath: string;
  /** Who they are at the provider, when they agreed that the card is kept. */
  keepFor?: string | undefined;
}

/**
 * The one page something can be paid on at a time. An open page is used again; one that asks otherwise or leads back elsewhere is
 * closed first. The row is claimed before the provider is asked, and names the provider's idempotency key: a crash in between, or a
 * call at the same moment, finds the same page and leaves no second one open.
 * @throws ApiError `not_allowed_now` when a page has been paid or a charge made and the money is on its way
 */
export async function paymentPage(
  t: Tenant,
  wanted: PageWanted,
): Promise<{ url: string; amountMinor: number }> {
  const { ask, shop, returnPath, keepFor } = wanted;
  const account = shop.paymentAccountId;
  return claimed(async () => {
    const asked = await ask();
    const { amountMinor } = asked;
    if (await closedFormer(t, asked)) return undefined;
    const target = idOf(asked);
    const last = await findTry(t, target);
    const page = last?.page;
    const fits =
      page !== undefined &&
      last?.account === account &&
      last.amountMinor === amountMinor &&
      page.returnPath === returnPath &&
      page.keepFor === keepFor;
    const open = last && (await openAtProvider(t, asked, last));
    if (open && fits) return { url: open.url, amountMinor };
    if (last && open) return closed(last, open.sessionId);
    const number = (last?.number ?? 0) + 1;
    const next = { returnPath, ...(keepFor === undefined ? {} : { keepFor }) };
    const { label } = asked;
    const mine: PaymentTry = { target, number, at: now(), account, label, amountMinor, page: next };
    await claim(t, asked, mine);
    const made = await openAtProvider(t, asked, mine);
    return made && { url: made.url, amountMinor };
  });
}

/** Tries until there is an outcome; whoever was faster at the same moment has made it. */
async function claimed<T>(attempt: () => Promise<T | undefined>): Promise<T> {
  for (let time = 1; time <= mostTries; time += 1) {
    try {
      const outcome = await attempt();
      if (outcome !== undefined) return outcome;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  throw new ApiError('stale', 'Several payments are being made for this at the same moment. Try again.');
}

/**
 * The page while it can be paid; undefined once the try is over. A claim without a page gets one, a charge its answer. A claim that
 * is older than its idempotency key gets a second page, and only that one is ever shown: the first has ended unseen, after a day.
 */
async function openAtProvider(
  t: Tenant,
  asked: Asked,
  last: PaymentTry,
): Promise<{ sessionId: string; url: string } | undefined> {
  const { page, account, sessionId } = last;
  if (!page) {
    const outcome = last.outcome ?? (await chargeMade(t, asked, last))?.answer.report.outcome;
    if (outcome === 'pending' && !(await isOver(t, asked, undefined))) throw onItsWay();
    return undefined;
  }
  if (sessionId === undefined) {
    const back = `${PUBLIC_URL}${page.returnPath}`;
    const made = await openCheckoutPage(
      {
        account,
        reference: idOf(asked),
        label: last.label,
        amountMinor: last.amountMinor,
        currency: asked.currency,
        customerEmail: asked.customer.email,
        keepFor: page.keepFor,
        successUrl: back,
        cancelUrl: back,
      },
      keyOf(t, last),
    );
    await storeTry(t, { ...last, sessionId: made.sessionId });
    return made;
  }
  const found = await findCheckoutPage(account, sessionId);
  if (found.state === 'open') return { sessionId, url: found.url };
  if (found.state === 'expired' || (await isOver(t, asked, found.paymentId))) return undefined;
  throw onItsWay();
}

/** Whether the books know how the payment ended; without an id, that none is on its way. */
async function isOver(t: Tenant, { jobId }: MoneyFor, paymentId: string | undefined): Promise<boolean> {
  const { payments } = await loadBooks(t, jobId);
  if (paymentId === undefined) return payments.every(({ state }) => state !== 'pending');
  return payments.some(({ providerId, state }) => providerId === paymentId && state !== 'pending');
}

/**
 * Charges the customer's stored method, once: a page that is open is closed first, a charge that nobody heard the end of is looked
 * up instead of made twice. The books know the outcome before this answers.
 * @throws ApiError `not_allowed_now` when money is on its way already
 */
export async function chargeStored(
  t: Tenant,
  ask: () => Promise<Asked>,
  { account, providerCustomerId, method }: StoredMethod & { method: NonNullable<StoredMethod['method']> },
): Promise<ChargeAnswer> {
  return claimed(async () => {
    const asked = await ask();
    if (await closedFormer(t, asked)) return undefined;
    const target = idOf(asked);
    const last = await findTry(t, target);
    if (last?.charge && last.outcome === undefined) {
      const made = await chargeMade(t, asked, last);
      // What the books knew by themselves is no answer to this call: what it asks for was reckoned with it.
      return made?.known ? undefined : made?.answer;
    }
    const open = last && (await openAtProvider(t, asked, last));
    if (last && open) return closed(last, open.sessionId);
    const number = (last?.number ?? 0) + 1;
    const charge = { methodId: method.id, customerId: providerCustomerId };
    const { label, amountMinor } = asked;
    const next = { target, number, at: now(), account, label, amountMinor, charge };
    await claim(t, asked, next);
    const answer = await chargeKeptCard(chargeOf(asked, next), keyOf(t, next));
    await receivePayment(t, asked, answer.report);
    await concludeCharge(t, next, answer.report.outcome);
    return answer;
  });
}

function chargeOf(asked: Asked, { charge, account, label, amountMinor }: PaymentTry): StoredCharge {
  if (!charge) throw new Error('A try without a charge can not be charged');
  return {
    account,
    reference: idOf(asked),
    label,
    amountMinor,
    currency: asked.currency,
    providerCustomerId: charge.customerId,
    methodId: charge.methodId,
  };
}

/**
 * The end of a charge that another call claimed and did not hear: looked up, never asked for again, because the provider forgets
 * idempotency keys after a day and because nobody may want it any more.
 * @returns its answer, and whether the books knew it already; undefined when nothing was charged, and never will be
 * @throws ApiError `not_allowed_now` while it may still be made
 */
async function chargeMade(
  t: Tenant,
  asked: Asked,
  last: PaymentTry,
): Promise<{ answer: ChargeAnswer; known: boolean } | undefined> {
  const answer = await findCharge(chargeOf(asked, last), keyOf(t, last), last.at);
  if (!answer) {
    if (last.at !== undefined && Date.parse(now()) - Date.parse(last.at) < chargeEndsMs) throw onItsWay();
    await concludeCharge(t, last, 'failed');
    return undefined;
  }
  const known = await isOver(t, asked, answer.report.providerId);
  await receivePayment(t, asked, answer.report);
  await concludeCharge(t, last, answer.report.outcome);
  return { answer, known };
}

async function concludeCharge(
  t: Tenant,
  last: PaymentTry,
  outcome: NonNullable<PaymentTry['outcome']>,
): Promise<void> {
  try {
    await storeTry(t, { ...last, outcome });
  } catch (error) {
    // A later try has taken its place, which nobody may before this one's outcome is in the books.
    if (!(error instanceof ConflictError)) throw error;
  }
}
