import { topics, type PrintCommand } from '#contract/mqtt.ts';
import { answerCommand, fateOf, type MachineCommand } from '#domain/machine/command.ts';
import { now } from '../adapters/clock.ts';
import { ConflictError } from '../adapters/dynamo/commit.ts';
import { loadFile } from '../adapters/dynamo/repositories/files.ts';
import { openCommands, putCommand } from '../adapters/dynamo/repositories/runs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { publish } from '../adapters/iot/publish.ts';
import { downloadUrl, keys } from '../adapters/s3/files.ts';
import { recordFact } from './record-fact.ts';

/**
 * Sends an agent every command it has not accepted; voids those whose time, and the grace after it, is over. Agents take each id once.
 * @returns how many still wait for the agent
 */
export async function issueCommands(t: Tenant, agentId: string): Promise<number> {
  const waiting = (await openCommands(t, agentId)).filter((command) => command.state !== 'accepted');
  for (const command of waiting) {
    const fate = fateOf(command, now());
    if (fate === 'void') await voidCommand(t, command);
    else if (fate === 'send')
      await publish(t.shopId, topics.commands(t.shopId, agentId), await message(t, command));
  }
  return waiting.length;
}

async function message(t: Tenant, command: MachineCommand): Promise<PrintCommand> {
  const file = await loadFile(t, command.jobId, command.fileId);
  if (!file?.sha256) throw new Error(`Command ${command.id} names a file that was not checked`);
  const { id, machineId, runId, quantity, estimatedSeconds, estimatedGrams, issuedAt, expiresAt } = command;
  return {
    id,
    kind: 'print',
    machineId,
    runId,
    quantity,
    file: {
      name: file.name,
      url: await downloadUrl(t.shopId, keys.checked(t.shopId, file.sha256)),
      sha256: file.sha256,
      bytes: file.bytes,
    },
    estimatedSeconds,
    estimatedGrams,
    issuedAt,
    expiresAt,
  };
}

/** Nobody took it in time: the run is over before it began. One transaction, so that a crash can not leave the machine waiting. */
async function voidCommand(t: Tenant, command: MachineCommand): Promise<void> {
  const reason = 'No agent took the command in time.';
  const expired = answerCommand(command, 'expired', reason);
  if (!expired) return;
  try {
    await recordFact(t, { kind: 'voided', runId: command.runId, at: now(), reason }, [
      putCommand(t, expired, command.state),
    ]);
  } catch (error) {
    // It was taken at the last moment after all.
    if (!(error instanceof ConflictError && error.names.includes('command'))) throw error;
  }
}
