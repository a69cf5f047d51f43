import * as routes from '#contract/routes/console.ts';
import { isLive } from '#domain/job/job.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { findJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadWorkflow } from '../../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { once } from '../../http/once.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { nextGeneration } from '../../use-cases/next-generation.ts';
import { shopNamed } from './access.ts';

/** The result is kept after the work: a call that dies in between does it again, which only costs an execution. */
export const restartWorkflow = implement(routes.restartWorkflow, async (request) => {
  const { t } = await shopNamed(request.params.shopId);
  return once(idempotencyOf(t), request, async (record) => {
    const result = { generation: await startAnew(t, request.params.jobId) };
    await commit(t.client, record(result));
    return result;
  });
});

/** @returns the generation that conducts the job now. @throws ApiError not_found, not_allowed_now when the job has ended */
export async function startAnew(t: Tenant, jobId: string): Promise<number> {
  const [job, workflow] = await Promise.all([findJob(t, jobId), loadWorkflow(t, jobId)]);
  if (!job || !workflow) throw notFound();
  if (!isLive(job)) throw new ApiError('not_allowed_now', 'The job has ended; nothing conducts it any more.');
  await nextGeneration(t, workflow);
  return workflow.generation + 1;
}
