import * as routes from '#contract/routes/jobs.ts';
import { addPart as decidePart } from '#domain/job/parts.ts';
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
  await visibleJob(t, caller, jobId);
  const { fileId, materialId, finishId, quantity } = request.body;
  const book = await loadPriceBook(t);

  const part = await once(idempotencyOf(t), request, async (record) => {
    const outcome = await amendJob(t, jobId, ({ job, parts, files }) => {
      const file = files.find((each) => each.id === fileId);
      const finish = book.finishes.find((each) => each.id === finishId);
      if (!file) return refuse('invalid', 'No such file in this job.', 'fileId');
      if (file.report?.kind === 'attachment')
        return refuse(
          'invalid',
          'This file is kept for people to look at; there is nothing in it to make.',
          'fileId',
        );
      const material = book.materials.find((each) => each.id === materialId);
      if (!material) return refuse('invalid', 'The shop has no such material.', 'materialId');
      if (!finish) return refuse('invalid', 'The shop has no such finish.', 'finishId');
      const decided = decidePart(job, parts, {
        id: newId('part'),
        fileId,
        name: file.name,
        process: material.process,
        materialId,
        finishId,
        postProduction: finish.minorPerPart > 0 || finish.percent > 0,
        wanted: quantity,
        made: 0,
        scrapped: 0,
      });
      return isRefusal(decided)
        ? decided
        : { result: decided, writes: [putPart(t, jobId, decided), ...record(decided)] };
    });
    if (outcome === 'no_such_job') throw notFound();
    if ('refusal' in outcome) throw refused(outcome.refusal);
    return outcome.result;
  });
  return partView(part, caller);
});
