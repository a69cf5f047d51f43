import * as routes from '#contract/routes/console.ts';
import type { StuckJob } from '#contract/routes/console.ts';
import { isLive } from '#domain/job/job.ts';
import { now } from '../../adapters/clock.ts';
import { findJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { loadWorkflow } from '../../adapters/dynamo/repositories/workflows.ts';
import { findShop } from '../../adapters/dynamo/repositories/shops.ts';
import { oldestOnList, type WatchEntry } from '../../adapters/dynamo/system.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { isRunning } from '../../adapters/sfn/executions.ts';
import { implement } from '../../http/stack.ts';

/** The reconciler looks at what is due each minute: what it has not helped after three looks is stuck. */
const patienceMs = 3 * 60_000;

export const listStuckJobs = implement(routes.listStuckJobs, async () => {
  const overdue = await oldestOnList('WORKFLOW', new Date(Date.parse(now()) - patienceMs).toISOString());
  const jobs = await Promise.all(overdue.map(stuckJob));
  return { jobs: jobs.filter((job) => job !== undefined) };
});

async function stuckJob({ shopId, jobId, dueAt }: WatchEntry): Promise<StuckJob | undefined> {
  if (jobId === undefined) return undefined;
  const t = tenant(shopId);
  const [job, workflow, shop] = await Promise.all([findJob(t, jobId), loadWorkflow(t, jobId), findShop(t)]);
  if (!job || !workflow || !shop || !isLive(job)) return undefined;
  return {
    shopId,
    shopName: shop.name,
    jobId,
    number: job.number,
    title: job.title,
    status: job.status,
    overdueSince: dueAt,
    repairs: workflow.generation - 1,
    executionRuns: await isRunning(workflow.executionName),
  };
}
