import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { executionName, noticeBy } from '../adapters/dynamo/repositories/jobs.ts';
import {
  markAttempt,
  nextGenerationWrite,
  waitingAttempts,
  type Workflow,
} from '../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { failTask, startExecution, stopExecution } from '../adapters/sfn/executions.ts';

/** Replaces a job's execution by a fresh one at the job's status. The old one can do nothing more: every write of it is fenced. */
export async function nextGeneration(t: Tenant, workflow: Workflow): Promise<void> {
  const { jobId, generation } = workflow;
  try {
    await commit(t.client, [nextGenerationWrite(t, workflow, noticeBy(now()))]);
  } catch (error) {
    if (error instanceof ConflictError) return;
    throw error;
  }
  for (const attempt of await waitingAttempts(t, jobId)) {
    await failTask(attempt.token, 'StaleGeneration');
    await markAttempt(t, attempt, 'stale');
  }
  await stopExecution(workflow.executionName);
  await startExecution(executionName(t.shopId, jobId, generation + 1), {
    shopId: t.shopId,
    jobId,
    generation: generation + 1,
  });
}
