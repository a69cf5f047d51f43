import { heartbeatSeconds } from '#contract/mqtt.ts';
import { contactLost } from '#domain/machine/machine.ts';
import { now } from '../adapters/clock.ts';
import { loadAgent, markLost } from '../adapters/dynamo/repositories/farm.ts';
import { tenant } from '../adapters/dynamo/tenant.ts';
import { retireThing } from '../adapters/iot/retire.ts';
import { issueCommands } from '../use-cases/issue-commands.ts';
import { lookAfterAgent, lookAgainAt } from '../use-cases/look-after-agent.ts';
import { noteContact } from '../use-cases/note-contact.ts';
import { sweepList } from '../use-cases/sweep-list.ts';

/**
 * Agents that were due for a sign of life: silence becomes "unknown", commands nobody took are sent again or voided,
 * and an agent without machines loses its powers.
 */
export async function handler(): Promise<void> {
  await sweepList('AGENT', now(), async ({ shopId, id }) => {
    if (!id) return;
    const t = tenant(shopId);
    const agent = await loadAgent(t, id);
    if (!agent) return;
    if (agent.machineIds.length === 0) {
      // Others speak for all its machines now.
      await retireThing(id, agent);
      return markLost(t, id, undefined);
    }
    const instant = now();
    const lost = contactLost(agent.lastSeenAt, heartbeatSeconds, instant);
    if (!lost) return lookAfterAgent(t, agent, instant);
    if (agent.contact === 'connected') await noteContact(t, agent, 'lost');
    // A silent agent for which nothing waits is watched again from its next sign of life on.
    await markLost(t, id, (await issueCommands(t, id)) > 0 ? lookAgainAt(instant) : undefined);
  });
}
