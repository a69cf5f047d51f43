import { endedStatuses, type Status } from '#domain/job/job.ts';
import { reactor } from '../events/reactor.ts';
import { loadWorkflow } from '../adapters/dynamo/repositories/workflows.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { startExecution } from '../adapters/sfn/executions.ts';
import { nextGeneration } from '../use-cases/next-generation.ts';

/** Where an execution ends by itself. */
const ends: readonly Status[] = [...endedStatuses, 'delivered'];

/** A job came into being, or back: an execution conducts it from here on. */
export const handler = reactor('start-workflow', async ({ shopId, jobId, type, transition }) => {
  // Where the execution still waits at its gate, the step back resumes it there.
  if (type === 'job.undone' && !(transition && ends.includes(transition.from))) return;
  const t = tenant(shopId);
  const workflow = await loadWorkflow(t, jobId);
  if (!workflow) throw new Error(`Job ${jobId} has no workflow`);
  if (type !== 'job.created') return nextGeneration(t, workflow);
  await startExecution(workflow.executionName, { shopId, jobId, generation: workflow.generation });
});
