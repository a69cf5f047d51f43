import { heartbeatSeconds, snapshotMessage, topics, type Poke } from '#contract/mqtt.ts';
import { markMonth, monthOf } from '#domain/platform/usage.ts';
import { now } from '../adapters/clock.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import {
  loadAgent,
  markBack,
  markSeen,
  monthWrite,
  storeLive,
  type Agent,
} from '../adapters/dynamo/repositories/farm.ts';
import { watchedFrom } from '../adapters/dynamo/system.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { usageWrite } from '../adapters/dynamo/repositories/usages.ts';
import { publish } from '../adapters/iot/publish.ts';
import { lookAfterAgent, lookAgainAt } from '../use-cases/look-after-agent.ts';
import { noteContact } from '../use-cases/note-contact.ts';
import { logger } from '../logger.ts';
import { ingest } from './ingested.ts';

/** Telemetry: newest state per machine, and proof that the agent lives. */
export const handler = ingest(snapshotMessage, async ({ t, agentId, message }) => {
  const agent = await loadAgent(t, agentId);
  // An agent that was replaced may be connected for some moments more.
  if (!agent || agent.machineIds.length === 0) return;
  const mine = message.machines.filter(({ machineId }) => agent.machineIds.includes(machineId));
  if (mine.length < message.machines.length)
    logger.error('a snapshot of machines of another agent', { agentId });
  await Promise.all(mine.map((machine) => storeLive(t, { ...machine, observedAt: message.at })));

  const instant = now();
  await turnMonth(t, agent, monthOf(instant));
  if (agent.contact === 'lost' || !(await markSeen(t, agentId, instant))) {
    // Before the mark: a crash in between repeats it with the next snapshot.
    await noteContact(t, agent, 'back');
    await markBack(t, agentId, instant, lookAgainAt(instant));
  } else if (isLookNear(agent, instant))
    await lookAfterAgent(t, { id: agentId, lastSeenAt: instant }, instant);
  const poke: Poke = { kind: 'machines' };
  await publish(t.shopId, topics.staff(t.shopId), poke);
});

/** An agent that speaks is looked after by its own messages, as long as it does: the sweep has the silent ones alone. */
const isLookNear = (agent: Agent, instant: string): boolean => {
  const due = watchedFrom(agent);
  return due === undefined || Date.parse(due) - Date.parse(instant) < heartbeatSeconds * 1500;
};

/** The first snapshot of a month closes the one before: counted here, it needs no write per snapshot. */
async function turnMonth(t: Tenant, agent: Agent, month: string): Promise<void> {
  if (agent.month?.month === month) return;
  const { mark, closed } = markMonth(agent.month, agent.messages ?? 0, month);
  const counted = closed ? [usageWrite(t, closed.month, { machineMessages: closed.count })] : [];
  try {
    await commit(t.client, [monthWrite(t, agent, mark), ...counted]);
  } catch (error) {
    // Another snapshot of the same moment has closed it.
    if (!(error instanceof ConflictError)) throw error;
  }
}
