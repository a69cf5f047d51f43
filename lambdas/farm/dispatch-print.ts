import { reactor } from '../events/reactor.ts';
import { now } from '../adapters/clock.ts';
import { loadMachine, watchAgent } from '../adapters/dynamo/repositories/farm.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { issueCommands } from '../use-cases/issue-commands.ts';
import { lookAgainAt } from '../use-cases/look-after-agent.ts';

/** A run was requested: its machine's agent gets the command at once, and the sweep looks whether it took it. */
export const handler = reactor('dispatch-print', async ({ shopId, data }) => {
  const t = tenant(shopId);
  const machine = await loadMachine(t, String(data['machineId']));
  if (!machine?.agentId) return;
  await issueCommands(t, machine.agentId);
  await watchAgent(t, machine.agentId, lookAgainAt(now()));
});
