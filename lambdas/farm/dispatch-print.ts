import { parseBusEvent } from '../events/bus-event.ts';
import { now } from '../adapters/clock.ts';
import { loadMachine, markContact } from '../adapters/dynamo/repositories/farm.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { issueCommands } from '../use-cases/issue-commands.ts';

const lookAgainSeconds = 30;

/** A run was requested: its machine's agent gets the command at once, and the sweep looks whether it took it. */
export async function handler(event: unknown): Promise<void> {
  const { shopId, data } = parseBusEvent(event);
  const t = tenant(shopId);
  const machine = await loadMachine(t, String(data['machineId']));
  if (!machine?.agentId) return;
  await issueCommands(t, machine.agentId);
  await markContact(
    t,
    machine.agentId,
    {},
    new Date(Date.parse(now()) + lookAgainSeconds * 1000).toISOString(),
  );
}
