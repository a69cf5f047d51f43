import { heartbeatSeconds } from '#contract/mqtt.ts';
import { contactUntil } from '#domain/machine/machine.ts';
import { watchAgent } from '../adapters/dynamo/repositories/farm.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { issueCommands } from './issue-commands.ts';

/** Where something waits for an agent that does not take it, it is looked at so often. */
const nextLookSeconds = 30;

/** When an agent for which something waits is looked at again. */
export const lookAgainAt = (instant: string): string =>
  new Date(Date.parse(instant) + nextLookSeconds * 1000).toISOString();

/** Sends an agent in contact again what it has not taken, and has it looked at when that, or its next sign of life, is due. */
export async function lookAfterAgent(
  t: Tenant,
  { id, lastSeenAt }: { id: string; lastSeenAt: string },
  instant: string,
): Promise<void> {
  const waiting = await issueCommands(t, id);
  await watchAgent(t, id, waiting > 0 ? lookAgainAt(instant) : contactUntil(lastSeenAt, heartbeatSeconds));
}
