import { factMessage, topics } from '#contract/mqtt.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { countFact, loadAgent, speaksFor } from '../adapters/dynamo/repositories/farm.ts';
import { findRun } from '../adapters/dynamo/repositories/runs.ts';
import { publish } from '../adapters/iot/publish.ts';
import { recordFact } from '../use-cases/record-fact.ts';
import { logger } from '../logger.ts';
import { ingest } from './ingested.ts';

/** Facts come one at a time and again until acknowledged; a number seen before is acknowledged and not counted twice. */
export const handler = ingest(factMessage, async ({ t, agentId, message }) => {
  const agent = await loadAgent(t, agentId);
  if (!agent) return;
  if (message.seq > agent.factSeq) {
    const run = await findRun(t, message.fact.runId);
    if (run && !(await speaksFor(t, agentId, run.machineId)))
      logger.error('a fact about a machine of another agent', { agentId, machineId: run.machineId });
    else await recordFact(t, message.fact);
    try {
      await commit(t.client, [countFact(t, agent, message.seq)]);
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
    }
  }
  await publish(t.shopId, topics.acks(t.shopId, agentId), { seq: message.seq });
});
