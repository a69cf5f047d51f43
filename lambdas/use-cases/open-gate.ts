import { newId } from '../adapters/ids.ts';
import { now } from '../adapters/clock.ts';
import { dueNow, longestSleepSeconds } from '#domain/job/due.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { findJob, loadStay } from '../adapters/dynamo/repositories/jobs.ts';
import {
  createAttempt,
  fence,
  loadWorkflow,
  markAttempt,
  type Attempt,
} from '../adapters/dynamo/repositories/workflows.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { failTask, resumeTask } from '../adapters/sfn/executions.ts';
import type { StepInput } from './advance-job.ts';

/**
 * Writes the token down, then looks whether the decision it should wait for has come already. The decision's own reactor
 * does the same the other way round, so whoever comes second resumes. An instant that came since the stay was entered
 * resumes too: the time-out that was to wake for it began too late.
 */
export async function openGate(
  t: Tenant,
  { jobId, generation, status }: StepInput,
  token: string,
): Promise<void> {
  const before = await findJob(t, jobId);
  const attempt: Attempt = {
    jobId,
    attemptId: newId('evt').slice(4),
    visit: before?.visit ?? 0,
    generation,
    token,
    state: 'waiting',
    createdAt: now(),
    ttl: Math.floor(Date.parse(now()) / 1000) + 2 * longestSleepSeconds,
  };
  try {
    await commit(t.client, [createAttempt(t, attempt), fence(t, jobId, generation)]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await failTask(token, 'StaleGeneration');
    return;
  }
  const [workflow, job, stay] = await Promise.all([
    loadWorkflow(t, jobId),
    findJob(t, jobId),
    loadStay(t, jobId, attempt.visit),
  ]);
  if (!workflow || !job || workflow.generation !== generation) {
    await failTask(token, 'StaleGeneration');
    return markAttempt(t, attempt, 'stale');
  }
  const decided = job.status !== status || job.version !== workflow.enteredVersion;
  const due = stay !== undefined && dueNow(stay, now()).length > 0;
  if (!decided && !due) return;
  await resumeTask(token, { status: job.status });
  await markAttempt(t, attempt, 'resumed');
}
