import { wakesWorkflow } from '#domain/job/job.ts';
import { reactor } from '../events/reactor.ts';
import { findJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadWorkflow } from '../adapters/dynamo/repositories/workflows.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { wakeWorkflow } from '../use-cases/wake-workflow.ts';

/** A decision was taken: the execution that waits for it goes on. When it waits no more, or not yet, the gate looks itself. */
export const handler = reactor('resume-workflow', async (happened) => {
  if (!wakesWorkflow(happened)) return;
  const t = tenant(happened.shopId);
  const [job, workflow] = await Promise.all([findJob(t, happened.jobId), loadWorkflow(t, happened.jobId)]);
  if (!job || !workflow || workflow.enteredVersion >= job.version) return;
  await wakeWorkflow(t, happened.jobId, job.status);
});
