import * as routes from '#contract/routes/money.ts';
import {
  adjustedBy,
  amountOf,
  answerAdjustment as decideAnswer,
  proposeAdjustment,
  type Adjustment,
} from '#domain/adjustment/adjustment.ts';
import type { LoggedEvent } from '#domain/event.ts';
import type { Job } from '#domain/job/job.ts';
import type { PricedOrder } from '#domain/price/price-order.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { newId } from '../../adapters/ids.ts';
import { loadQuote } from '../../adapters/dynamo/repositories/jobs.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { changeAccount, type Change } from './change-account.ts';

export const addAdjustment = implement(routes.addAdjustment, (request) =>
  changeAccount(request, async ({ job, template }, { adjustments }, now, { t, by }) => {
    const quote = job.quote && (await loadQuote(t, job.id, job.quote.version));
    if (!quote) return refuse('not_ready', 'The customer has agreed to no price yet. Send a quote first.');
    const { price } = quote;
    const limitPercent = template.adjustmentLimitPercent;
    const id = newId('adj');
    const wish = { ...request.body, id, job, price, earlier: adjustments, limitPercent, by };
    const adjustment = proposeAdjustment(wish, now);
    return isRefusal(adjustment) ? adjustment : changeOf(job, adjustments, adjustment, price);
  }),
);

export const answerAdjustment = implement(routes.answerAdjustment, (request) =>
  changeAccount(request, async ({ job }, { adjustments }, now, { t }) => {
    const asked = adjustments.find(({ id }) => id === request.params.adjustmentId);
    if (!asked) throw notFound();
    const quote = await loadQuote(t, job.id, asked.quoteVersion);
    if (!quote) throw notFound();
    const { accept, name } = request.body;
    const invoiced = job.invoicedAt !== undefined || job.quote?.version !== asked.quoteVersion;
    const adjustment = decideAnswer(asked, { accept, by: name, invoiced }, now);
    return isRefusal(adjustment) ? adjustment : changeOf(job, adjustments, adjustment, quote.price);
  }),
);

/** The adjustment with what it makes of the agreed total. */
function changeOf(
  { quote }: Job,
  earlier: readonly Adjustment[],
  adjustment: Adjustment,
  { taxMode, currency }: PricedOrder,
): Change {
  const all = [...earlier.filter(({ id }) => id !== adjustment.id), adjustment];
  const { label, reason, state, quoteVersion } = adjustment;
  const data: LoggedEvent['data'] = { label, reason, amountMinor: amountOf(adjustment, taxMode), currency };
  return {
    adjustment,
    ...(quote?.version === quoteVersion
      ? { job: { adjusted: { version: quoteVersion, amountMinor: adjustedBy(all, quoteVersion, taxMode) } } }
      : {}),
    events: () => [{ type: `adjustment.${state}`, data }],
  };
}
