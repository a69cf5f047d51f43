import * as routes from '#contract/routes/jobs.ts';
import { addPart as decidePart } from '#domain/job/parts.ts';
import { isRefusal } from '#domain/refusal.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { amendWrites, putPart } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook } from '../../adapters/dynamo/repositories/shops.ts';
import { once } from '../../http/once.ts';
import { ApiError, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { partView } from './part-view.ts';

export const addPart = implement(routes.addPart, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { job, parts, files } = await visibleJob(t, caller, request.params.jobId);
  const { fileId, materialId, finishId, quantity } = request.body;
  const book = await loadPriceBook(t);
  const file = files.find((each) => each.id === fileId);
  const finish = book.finishes.find((each) => each.id === finishId);
  if (!file) throw new ApiError('invalid_request', 'No such file in this job.', 'fileId');
  if (!book.materials.some((each) => each.id === materialId))
    throw new ApiError('invalid_request', 'The shop has no such material.', 'materialId');
  if (!finish) throw new ApiError('invalid_request', 'The shop has no such finish.', 'finishId');

  const part = await once(idempotencyOf(t), request, async (record) => {
    const decided = decidePart(job, parts, {
      id: newId('part'),
      fileId,
      name: file.name,
      process: 'fdm',
      materialId,
      finishId,
      postProduction: finish.minorPerPart > 0 || finish.percent > 0,
      wanted: quantity,
      made: 0,
      scrapped: 0,
    });
    if (isRefusal(decided)) throw refused(decided);
    await commit(t.client, [
      ...amendWrites(t, job, {}, now()),
      putPart(t, job.id, decided),
      ...record(decided),
    ]);
    return decided;
  });
  return partView(part);
});
