import { heartbeatSeconds, snapshotMessage, topics, type Poke } from '#contract/mqtt.ts';
import { missedHeartbeats } from '#domain/machine/machine.ts';
import { now } from '../adapters/clock.ts';
import { loadAgent, markContact, storeLive } from '../adapters/dynamo/repositories/farm.ts';
import { publish } from '../adapters/iot/publish.ts';
import { noteContact } from '../use-cases/note-contact.ts';
import { ingest } from './ingested.ts';

/** Telemetry: newest state per machine, and proof that the agent lives. */
export const handler = ingest(snapshotMessage, async ({ t, agentId, message }) => {
  const agent = await loadAgent(t, agentId);
  if (!agent) return;
  const mine = message.machines.filter(({ machineId }) => agent.machineIds.includes(machineId));
  await Promise.all(mine.map((machine) => storeLive(t, { ...machine, observedAt: message.at })));

  const instant = now();
  const watchFrom = new Date(Date.parse(instant) + missedHeartbeats * heartbeatSeconds * 1000).toISOString();
  await markContact(t, agentId, { contact: 'connected', lastSeenAt: instant }, watchFrom);
  if (agent.contact === 'lost') await noteContact(t, agent, 'back');
  const poke: Poke = { kind: 'machines' };
  await publish(topics.staff(t.shopId), poke);
});
