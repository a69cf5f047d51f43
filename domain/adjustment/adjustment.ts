import type { Job } from '../job/job.ts';
import { standardTaxRateId } from '../price/price-book.ts';
import type { PricedOrder } from '../price/price-order.ts';
import { taxOf } from '../price/tax.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** `agreed`: on the invoice. `asked`: waits for the customer's word. */
export const adjustmentStates = ['agreed', 'asked', 'declined'] as const;

/** What the work cost more or less than was agreed (CO-62). Belongs to one version of the offer. */
export interface Adjustment {
  id: string;
  jobId: string;
  quoteVersion: number;
  label: string;
  quantity: number;
  /** Below 0 for less. As the offer's own prices: with or without tax. */
  unitMinor: number;
  totalMinor: number;
  /** In the total where prices include tax, else on top. */
  taxMinor: number;
  reason: string;
  state: (typeof adjustmentStates)[number];
  by: string;
  at: string;
  /** Who of the customer's side answered, and when. */
  answeredBy?: string;
  answeredAt?: string;
}

export const adjustmentEventTypes = ['adjustment.asked', 'adjustment.agreed', 'adjustment.declined'] as const;

export interface AdjustmentWish {
  id: string;
  job: Pick<Job, 'id' | 'quote' | 'agreedAt' | 'invoicedAt'>;
  price: Pick<PricedOrder, 'taxMode' | 'taxes' | 'totalMinor'>;
  /** Of the same job. */
  earlier: readonly Adjustment[];
  /** Whole percent of the agreed total up to which the customer is not asked. */
  limitPercent: number;
  label: string;
  quantity: number;
  unitMinor: number;
  reason: string;
  by: string;
}

const mostMinor = 1e11;

/** What an adjustment comes to for the customer, tax included. */
export const amountOf = (
  { totalMinor, taxMinor }: Pick<Adjustment, 'totalMinor' | 'taxMinor'>,
  taxMode: PricedOrder['taxMode'],
): number => (taxMode === 'inclusive' ? totalMinor : totalMinor + taxMinor);

/** Adds a line to what was agreed. Beyond the shop's limit of the agreed total the customer is asked first; less never asks. */
export function proposeAdjustment(wish: AdjustmentWish, now: string): Adjustment | Refusal {
  const { id, job, price, earlier, label, quantity, unitMinor, reason, by } = wish;
  const { quote } = job;
  if (!quote || quote.state !== 'approved' || job.agreedAt === undefined)
    return refuse('not_ready', 'The customer has agreed to no price yet. Change the quote instead.');
  if (job.invoicedAt !== undefined)
    return refuse(
      'not_allowed_now',
      'The invoice is written. Issue a credit note, or quote the rest as a new order.',
    );
  const totalMinor = quantity * unitMinor;
  if (!Number.isSafeInteger(totalMinor) || totalMinor === 0 || Math.abs(totalMinor) > mostMinor)
    return refuse('invalid', 'Enter an amount above or below zero.', 'unitMinor');
  const adjustment: Adjustment = {
    id,
    jobId: job.id,
    quoteVersion: quote.version,
    label,
    quantity,
    unitMinor,
    totalMinor,
    taxMinor: taxOn(price, totalMinor),
    reason,
    state: 'agreed',
    by,
    at: now,
  };
  const own = earlier.filter(
    ({ quoteVersion, state }) => quoteVersion === quote.version && state === 'agreed',
  );
  const amounts = [...own, adjustment].map((each) => amountOf(each, price.taxMode));
  const agreedMinor = quote.totalMinor + amounts.reduce((sum, amount) => sum + amount, 0);
  if (agreedMinor < 0) return refuse('invalid', 'That is more than the whole order costs.', 'unitMinor');
  const unasked = [...own.filter(({ answeredAt }) => answeredAt === undefined), adjustment]
    .map((each) => amountOf(each, price.taxMode))
    .filter((amount) => amount > 0)
    .reduce((sum, amount) => sum + amount, 0);
  const over = unasked * 100 > quote.totalMinor * wish.limitPercent;
  return over && totalMinor > 0 ? { ...adjustment, state: 'asked' } : adjustment;
}

/** The customer's word on what was added. */
export function answerAdjustment(
  adjustment: Adjustment,
  { accept, by, invoiced }: { accept: boolean; by: string; invoiced: boolean },
  now: string,
): Adjustment | Refusal {
  if (adjustment.state !== 'asked') return refuse('stale', 'This has been answered already.');
  if (invoiced) return refuse('not_allowed_now', 'The invoice has been written without it.');
  return { ...adjustment, state: accept ? 'agreed' : 'declined', answeredBy: by, answeredAt: now };
}

/** What the agreed ones of a version add to its total, tax included. */
export const adjustedBy = (
  adjustments: readonly Adjustment[],
  quoteVersion: number,
  taxMode: PricedOrder['taxMode'],
): number =>
  adjustments
    .filter((each) => each.quoteVersion === quoteVersion && each.state === 'agreed')
    .reduce((sum, each) => sum + amountOf(each, taxMode), 0);

/** By the offer's own rate for goods, 0 where the offer asks for none. */
function taxOn({ taxes, taxMode }: AdjustmentWish['price'], totalMinor: number): number {
  const rate = taxes.find(({ rateId }) => rateId === standardTaxRateId) ?? taxes[0];
  if (!rate) return 0;
  const tax = taxOf(Math.abs(totalMinor), rate, taxMode);
  return totalMinor < 0 ? -tax : tax;
}
