import { answerMessage } from '#contract/mqtt.ts';
import { answerCommand, isTakenLate } from '#domain/machine/command.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { speaksFor } from '../adapters/dynamo/repositories/farm.ts';
import { loadCommand, putCommand } from '../adapters/dynamo/repositories/runs.ts';
import { recordFact } from '../use-cases/record-fact.ts';
import { logger } from '../logger.ts';
import { ingest } from './ingested.ts';

/** How a command fares. One that failed or expired at the agent ends its run. */
export const handler = ingest(answerMessage, async ({ t, agentId, message }) => {
  const command = await loadCommand(t, agentId, message.commandId);
  if (!command) return;
  if (!(await speaksFor(t, agentId, command.machineId)))
    return logger.error('an answer about a machine of another agent', {
      agentId,
      machineId: command.machineId,
    });
  if (isTakenLate(command, message.state))
    return recordFact(t, { kind: 'taken_late', runId: command.runId, at: now() });
  const after = answerCommand(command, message.state, message.reason);
  if (!after) return;
  if (after.state === 'failed' || after.state === 'expired') {
    const reason = message.reason ?? 'The agent could not start the print.';
    await recordFact(t, {
      kind: after.state === 'failed' ? 'failed' : 'canceled',
      runId: command.runId,
      at: now(),
      reason,
    });
  }
  try {
    await commit(t.client, [putCommand(t, after, command.state)]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
});
