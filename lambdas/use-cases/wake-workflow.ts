import type { Status } from '#domain/job/job.ts';
import { markAttempt, waitingAttempts } from '../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { resumeTask } from '../adapters/sfn/executions.ts';

/** Resumes what waits on the job; answers with how many tasks woke. A stale token marks its attempt, never the stay. */
export async function wakeWorkflow(t: Tenant, jobId: string, status: Status): Promise<number> {
  let woken = 0;
  for (const attempt of await waitingAttempts(t, jobId)) {
    const alive = await resumeTask(attempt.token, { status });
    await markAttempt(t, attempt, alive ? 'resumed' : 'stale');
    if (alive) woken += 1;
  }
  return woken;
}
