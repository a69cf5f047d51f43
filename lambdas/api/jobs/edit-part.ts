import * as routes from '#contract/routes/edits.ts';
import { editPart as decideEdit } from '#domain/job/edit.ts';
import type { Part } from '#domain/job/job.ts';
import { chooseAnew } from '#domain/price/part-choices.ts';
import { isRefusal } from '#domain/refusal.ts';
import { replacePart } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import { actorOf } from '../../http/caller.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { partView } from './part-view.ts';

const choices = {
  name: 'name',
  wanted: 'quantity',
  materialId: 'material',
  finishId: 'finish',
  infillPercent: 'infill',
  orientation: 'way to lie',
} as const;
const changedFields = (before: Part, after: Part) =>
  Object.entries(choices).flatMap(([key, word]) => {
    const name = key as keyof typeof choices;
    return before[name] === after[name] ? [] : [word];
  });

export const editPart = implement(routes.editPart, async ({ caller: who, params, body }) => {
  const { caller, t } = inShop(who);
  const { jobId, partId } = params;
  const seen = await visibleJob(t, caller, jobId);
  const actor = actorOf(caller, seen.job.customer.name);
  const book = await loadPriceBook(t);
  const { name, quantity: wanted, ...wish } = body;

  const outcome = await amendJob(t, seen, ({ job, parts, files }) => {
    const before = parts.find((each) => each.id === partId);
    if (!before) throw notFound();
    const choices = chooseAnew(book, files.find(({ id }) => id === before.fileId)?.report, before, wish);
    if (isRefusal(choices)) return choices;
    const part = decideEdit(job, before, { name, wanted, choices }, actor);
    if (isRefusal(part)) return part;
    const event = {
      type: 'part.edited' as const,
      data: { partId, name: part.name, fields: changedFields(before, part).join(', ') },
    };
    const told = job.status === 'draft' ? undefined : { event, actor };
    return { result: part, writes: [replacePart(t, jobId, part)], event: told };
  });
  if (outcome === 'no_such_job') throw notFound();
  if ('refusal' in outcome) throw refused(outcome.refusal);
  return partView(outcome.result, caller);
});
