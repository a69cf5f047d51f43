import { answerMessage } from '#contract/mqtt.ts';
import { answerCommand } from '#domain/machine/command.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { loadCommand, putCommand } from '../adapters/dynamo/repositories/runs.ts';
import { recordFact } from '../use-cases/record-fact.ts';
import { ingest } from './ingested.ts';

/** How a command fares. One that failed or expired at the agent ends its run. */
export const handler = ingest(answerMessage, async ({ t, agentId, message }) => {
  const command = await loadCommand(t, agentId, message.commandId);
  const after = command && answerCommand(command, message.state, message.reason);
  if (!command || !after) return;
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
