import * as routes from '#contract/routes/quotes.ts';
import { legalCommands } from '#domain/job/decide.ts';
import { findEditFault, type QuoteEdits } from '#domain/quote/quote-edits.ts';
import type { QuoteDraft } from '#domain/quote/quote.ts';
import { refuse } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { eventWrite, loadQuoteDraft, putQuoteDraft } from '../../adapters/dynamo/repositories/jobs.ts';
import { actorOf } from '../../http/caller.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { quoteDraftView } from './quote-draft-view.ts';

export const saveQuoteDraft = implement(routes.saveQuoteDraft, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const { edits } = request.body;
  const before = await visibleJob(t, caller, jobId);
  const actor = actorOf(caller, before.job.customer.name);
  const seen = await loadQuoteDraft(t, jobId);
  if ((seen?.version ?? 0) !== request.ifMatch)
    throw refused(
      refuse('stale', `The draft is at version ${seen?.version ?? 0} by now. Load it again.`, 'If-Match'),
    );
  // Priced before it is kept: what can not be priced is not kept.
  await quoteDraftView(t, before, seen, edits);

  const outcome = await amendJob(t, before, ({ job, template, parts }) => {
    if (job.version !== before.job.version)
      return refuse('stale', 'Somebody has changed the job meanwhile. Look at it again.', 'If-Match');
    if (!legalCommands(template, job, actor).includes('send_quote'))
      return refuse(
        'not_allowed_now',
        'A quote can be prepared until it is sent, and after it has come back.',
      );
    const fault = findEditFault(
      edits,
      parts.map(({ id }) => id),
    );
    if (fault) return fault;
    const instant = now();
    const draft: QuoteDraft = {
      jobId,
      version: request.ifMatch + 1,
      edits,
      savedAt: instant,
      savedBy: 'name' in actor ? actor.name : actor.kind,
    };
    const event = {
      type: 'quote.edited' as const,
      data: { draftVersion: draft.version, reasons: reasonsOf(edits) },
    };
    return { result: draft, writes: [putQuoteDraft(t, draft), eventWrite(t, job, event, actor, instant)] };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return quoteDraftView(t, await visibleJob(t, caller, jobId), outcome.result);
});

/** Every reason once, for the timeline. */
const reasonsOf = ({ lines, extras, discounts, tax }: QuoteEdits): string =>
  [...new Set([...lines, ...extras, ...discounts, ...(tax ? [tax] : [])].map(({ reason }) => reason))].join(
    '; ',
  );
