import * as routes from '#contract/routes/jobs.ts';
import { withPicture } from '#domain/job/picture.ts';
import { addPart as decidePart } from '#domain/job/parts.ts';
import { choosePart } from '#domain/price/part-choices.ts';
import { isRefusal, refuse } from '#domain/refusal.ts';
import { newId } from '../../adapters/ids.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { putPart } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import { once } from '../../http/once.ts';
import { notFound, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { amendJob } from '../../use-cases/amend-job.ts';
import { inShop, visibleJob } from '../access.ts';
import { partView } from './part-view.ts';

export const addPart = implement(routes.addPart, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const seen = await visibleJob(t, caller, jobId);
  const { fileId, quantity, ...wish } = request.body;
  const book = await loadPriceBook(t);

  const part = await once(idempotencyOf(t), request, async (record) => {
    const outcome = await amendJob(t, seen, ({ job, parts, files }) => {
      const file = files.find((each) => each.id === fileId);
      if (!file) return refuse('invalid', 'No such file in this job.', 'fileId');
      const choices = choosePart(book, file.report, wish);
      if (isRefusal(choices)) return choices;
      const decided = decidePart(job, parts, {
        id: newId('part'),
        fileId,
        name: file.name,
        ...choices,
        wanted: quantity,
        made: 0,
        scrapped: 0,
      });
      return isRefusal(decided)
        ? decided
        : {
            result: decided,
            job: withPicture(job, [...parts, decided], files),
            writes: [putPart(t, jobId, decided), ...record(decided)],
          };
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return outcome.result;
  });
  return partView(part, caller);
});
