import { parseBusEvent } from '../events/bus-event.ts';
import { loadWorkflow } from '../adapters/dynamo/repositories/workflows.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { startExecution } from '../adapters/sfn/executions.ts';
import { nextGeneration } from '../use-cases/next-generation.ts';

/** A job came into being, or back: an execution conducts it from here on. */
export async function handler(event: unknown): Promise<void> {
  const { shopId, jobId, type } = parseBusEvent(event);
  const t = tenant(shopId);
  const workflow = await loadWorkflow(t, jobId);
  if (!workflow) throw new Error(`Job ${jobId} has no workflow`);
  if (type === 'job.reopened') return nextGeneration(t, workflow);
  await startExecution(workflow.executionName, { shopId, jobId, generation: workflow.generation });
}
