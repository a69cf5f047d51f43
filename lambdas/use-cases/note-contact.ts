import { withContact } from '#domain/run/run.ts';
import { commit, ConflictError } from '../adapters/dynamo/commit.ts';
import { loadMachine, markUnknown, type Agent } from '../adapters/dynamo/repositories/farm.ts';
import { findRun, putRun } from '../adapters/dynamo/repositories/runs.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** Contact to an agent was lost or is back: its machines' runs become unknown, or what they were. No run ends by this. */
export async function noteContact(t: Tenant, agent: Agent, contact: 'lost' | 'back'): Promise<void> {
  for (const machineId of agent.machineIds) {
    if (contact === 'lost') await markUnknown(t, machineId);
    const machine = await loadMachine(t, machineId);
    const run = machine?.currentRunId ? await findRun(t, machine.currentRunId) : undefined;
    const after = run && withContact(run, contact);
    if (!run || !after) continue;
    try {
      await commit(t.client, [putRun(t, after, run.state)]);
    } catch (error) {
      // A fact came in between; it knows better.
      if (!(error instanceof ConflictError)) throw error;
    }
  }
}
