import * as z from 'zod';
import { id } from '#contract/ids.ts';
import { now } from '../adapters/clock.ts';
import { commit } from '../adapters/dynamo/commit.ts';
import { loadWorkflow, watchWorkflowWrite } from '../adapters/dynamo/repositories/workflows.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';

/** Step Functions' status change, as far as we read it. */
const change = z.object({
  detail: z.object({
    status: z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']),
    name: z.string(),
    input: z.string().nullish(),
  }),
});
const executionInput = z.object({ shopId: id('shop'), jobId: id('job') });

const died = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

/** The execution of a job died: the reconciler looks at it next. An execution that was replaced is none of its business. */
export async function handler(event: unknown): Promise<void> {
  const { status, name, input } = change.parse(event).detail;
  if (!died.has(status) || !input) return;
  const { shopId, jobId } = executionInput.parse(JSON.parse(input));
  const t = tenant(shopId);
  const workflow = await loadWorkflow(t, jobId);
  if (workflow?.executionName === name) await commit(t.client, [watchWorkflowWrite(t, jobId, now())]);
}
