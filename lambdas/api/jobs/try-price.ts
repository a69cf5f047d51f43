import * as routes from '#contract/routes/jobs.ts';
import { withEdit } from '#domain/job/edit.ts';
import { chooseAnew } from '#domain/price/part-choices.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { loadQuoteDraft } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import { refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { priceJob } from '../../use-cases/price-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { unsentPriceFor } from './job-view.ts';

/** Whoever may look at the price may ask what another choice would do to it; whether they may make it is asked when they do. */
export const tryPrice = implement(routes.tryPrice, async ({ caller: who, params, body }) => {
  const { caller, t } = inShop(who);
  const [loaded, book, draft] = await Promise.all([
    visibleJob(t, caller, params.jobId),
    loadPriceBook(t),
    caller.kind === 'staff' ? loadQuoteDraft(t, params.jobId) : undefined,
  ]);
  const parts = new Map(loaded.parts.map((part) => [part.id, part]));
  for (const [index, { partId, quantity: wanted, ...wish }] of body.parts.entries()) {
    const part = parts.get(partId);
    if (!part) throw refused(refuse('invalid', 'This job has no such line.', `parts.${index}.partId`));
    const report = loaded.files.find(({ id }) => id === part.fileId)?.report;
    const choices = chooseAnew(book, report, part, wish);
    if (isRefusal(choices))
      throw refused({ ...choices, field: `parts.${index}.${choices.field ?? 'partId'}` });
    parts.set(partId, withEdit(part, { wanted, choices }));
  }
  const priced = await priceJob(t, { ...loaded, parts: [...parts.values()] }, draft?.edits, book);
  if (isRefusal(priced)) throw refused(priced);
  return unsentPriceFor(priced.price, caller);
});
