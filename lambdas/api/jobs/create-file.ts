import * as routes from '#contract/routes/jobs.ts';
import { mostFiles } from '#domain/file/file.ts';
import { now } from '../../adapters/clock.ts';
import { newId } from '../../adapters/ids.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { createFile as fileRow, loadFile } from '../../adapters/dynamo/repositories/files.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { keys, uploadForm } from '../../adapters/s3/files.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { needRoom } from '../within-plan.ts';
import { fileView } from './file-view.ts';

export const createFile = implement(routes.createFile, async (request) => {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const { job, files } = await visibleJob(t, caller, jobId);

  const { fileId } = await once(idempotencyOf(t), request, async (record) => {
    if (job.status !== 'draft')
      throw new ApiError('not_allowed_now', 'Files can be added while the request is a draft.');
    if (files.length >= mostFiles)
      throw new ApiError('not_ready', `A job holds at most ${mostFiles} files.`, 'files');
    await needRoom(t, caller, request.body.bytes);
    const result = { fileId: newId('file') };
    const file = {
      id: result.fileId,
      jobId,
      ...request.body,
      state: 'awaiting_upload' as const,
      createdAt: now(),
    };
    await commit(t.client, [fileRow(t, file), ...record(result)]);
    return result;
  });
  const file = await loadFile(t, jobId, fileId);
  if (!file) throw notFound();
  return {
    file: fileView(file, caller),
    upload: await uploadForm(t.shopId, keys.quarantine(t.shopId, jobId, fileId), file.bytes),
  };
});
