import * as routes from '#contract/routes/console.ts';
import { isLive } from '#domain/job/job.ts';
import { findJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadWorkflow } from '../../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { ApiError, notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { nextGeneration } from '../../use-cases/next-generation.ts';
import { shopNamed } from './access.ts';

export const restartWorkflow = implement(routes.restartWorkflow, async ({ params }) => {
  const { t } = await shopNamed(params.shopId);
  return { generation: await startAnew(t, params.jobId) };
});

/** @returns the generation that conducts the job now. @throws ApiError not_found, not_allowed_now when the job has ended */
export async function startAnew(t: Tenant, jobId: string): Promise<number> {
  const [job, workflow] = await Promise.all([findJob(t, jobId), loadWorkflow(t, jobId)]);
  if (!job || !workflow) throw notFound();
  if (!isLive(job)) throw new ApiError('not_allowed_now', 'The job has ended; nothing conducts it any more.');
  await nextGeneration(t, workflow);
  return workflow.generation + 1;
}
