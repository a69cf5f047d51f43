import { isLive } from '#domain/job/job.ts';
import { now } from '../adapters/clock.ts';
import { commit } from '../adapters/dynamo/commit.ts';
import { findJob, noticeBy } from '../adapters/dynamo/repositories/jobs.ts';
import {
  clearWatchWrite,
  loadWorkflow,
  watchWorkflowWrite,
} from '../adapters/dynamo/repositories/workflows.ts';
import { tenant, type Tenant } from '../adapters/dynamo/tenant.ts';
import { isRunning } from '../adapters/sfn/executions.ts';
import { logger } from '../logger.ts';
import { nextGeneration } from '../use-cases/next-generation.ts';
import { noteTrouble } from '../use-cases/note-trouble.ts';
import { sweepList } from '../use-cases/sweep-list.ts';
import { wakeWorkflow } from '../use-cases/wake-workflow.ts';

/** Jobs whose workflow should have stirred and has not: nudged, or given a new execution. Never asks about healthy ones. */
export async function handler(): Promise<{ looked: number }> {
  const looked = await sweepList('WORKFLOW', now(), async ({ shopId, jobId }) => {
    if (jobId) await repair(tenant(shopId), jobId);
  });
  return { looked };
}

async function repair(t: Tenant, jobId: string): Promise<void> {
  const [job, workflow] = await Promise.all([findJob(t, jobId), loadWorkflow(t, jobId)]);
  if (!workflow) return;
  if (!job || !isLive(job)) return commit(t.client, [clearWatchWrite(t, jobId)]);
  if (await isRunning(workflow.executionName)) {
    // It sleeps although something happened: wake it and give it time. If nothing waits there any more, it is beyond help.
    if ((await wakeWorkflow(t, jobId, job.status)) > 0)
      return commit(t.client, [watchWorkflowWrite(t, jobId, noticeBy(now()))]);
  }
  logger.warn('a workflow is started anew', { shopId: t.shopId, jobId, generation: workflow.generation + 1 });
  await noteTrouble(
    'reconcile-workflows',
    { shopId: t.shopId, jobId, subject: jobId },
    `Execution ${workflow.executionName} was gone or deaf and has been replaced.`,
  );
  await nextGeneration(t, workflow);
}
