import type { Status } from '#domain/job/job.ts';
import { markAttempt, waitingAttempts } from '../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { resumeTask } from '../adapters/sfn/executions.ts';

/**
 * Resumes what waits on the job; answers with how many attempts it found waiting. A stale token marks its attempt, never the
 * stay: its execution has just timed out by itself and is at work.
 */
export async function wakeWorkflow(t: Tenant, jobId: string, status: Status): Promise<number> {
  const attempts = await waitingAttempts(t, jobId);
  for (const attempt of attempts) {
    const alive = await resumeTask(attempt.token, { status });
    await markAttempt(t, attempt, alive ? 'resumed' : 'stale');
  }
  return attempts.length;
}
