import type { Tenant } from '../tenant.ts';
import { check, put, update, type Write } from '../commit.ts';
import { tableName } from '../client.ts';
import { watched } from '../system.ts';
import { executionName } from './jobs.ts';

export interface Workflow {
  jobId: string;
  generation: number;
  executionName: string;
  enteredVersion: number;
}

export interface Attempt {
  jobId: string;
  attemptId: string;
  visit: number;
  generation: number;
  token: string;
  state: 'waiting' | 'resumed' | 'stale';
  createdAt: string;
  ttl: number;
}

export async function loadWorkflow({ entities }: Tenant, jobId: string): Promise<Workflow | undefined> {
  return (await entities.workflow.get({ jobId }).go({ consistent: true })).data ?? undefined;
}

/** Fails the transaction of an execution that has been replaced. */
export const fence = ({ shopId }: Tenant, jobId: string, generation: number): Write =>
  check(
    'generation',
    { TableName: tableName, Key: { pk: `SHOP#${shopId}#JOB#${jobId}`, sk: 'WORKFLOW' } },
    'generation',
    generation,
  );

/**
 * The execution has taken note of this version of the job; it is due for a look at `watchFrom`. Fails when a later decision is there by
 * now: an execution that is dead already, its last step still at work, would put off the look that the decision has asked for.
 */
export const enteredWrite = (
  { entities }: Tenant,
  jobId: string,
  generation: number,
  entered: { version: number },
  watchFrom: string,
): Write =>
  update(
    'generation',
    entities.workflow
      .patch({ jobId })
      .set({ enteredVersion: entered.version, ...watched('WORKFLOW', jobId, watchFrom) })
      .where(
        ({ generation: current, decidedVersion }, { eq, lte, notExists }) =>
          `${eq(current, generation)} AND (${notExists(decidedVersion)} OR ${lte(decidedVersion, entered.version)})`,
      )
      .params(),
  );

/** Hands the job to the next generation; fails when somebody else has. */
export const nextGenerationWrite = (
  { entities, shopId }: Tenant,
  workflow: Workflow,
  watchFrom: string,
): Write =>
  update(
    'generation',
    entities.workflow
      .patch({ jobId: workflow.jobId })
      .set({
        generation: workflow.generation + 1,
        executionName: executionName(shopId, workflow.jobId, workflow.generation + 1),
        enteredVersion: 0,
        ...watched('WORKFLOW', workflow.jobId, watchFrom),
      })
      // The new one begins with the job as it is.
      .remove(['decidedVersion'])
      .where((row, { eq }) => eq(row.generation, workflow.generation))
      .params(),
  );

export const watchWorkflowWrite = ({ entities }: Tenant, jobId: string, watchFrom: string): Write =>
  update(
    'workflow',
    entities.workflow
      .patch({ jobId })
      .set(watched('WORKFLOW', jobId, watchFrom))
      .params(),
  );

export const clearWatchWrite = ({ entities }: Tenant, jobId: string): Write =>
  update('workflow', entities.workflow.patch({ jobId }).remove(['syspk', 'syssk']).params());

export const createAttempt = ({ entities }: Tenant, attempt: Attempt): Write =>
  put('attempt', entities.attempt.create(attempt).params());

/** Attempts that still wait, newest first. */
export async function waitingAttempts({ entities }: Tenant, jobId: string): Promise<Attempt[]> {
  const { data } = await entities.attempt.query
    .ofJob({ jobId })
    .go({ consistent: true, order: 'desc', limit: 20 });
  return data.filter((attempt) => attempt.state === 'waiting');
}

export async function markAttempt(
  { entities }: Tenant,
  attempt: Attempt,
  state: 'resumed' | 'stale',
): Promise<void> {
  await entities.attempt.patch({ jobId: attempt.jobId, attemptId: attempt.attemptId }).set({ state }).go();
}
