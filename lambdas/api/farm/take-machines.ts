import type { Machine } from '#domain/machine/machine.ts';
import { answerCommand } from '#domain/machine/command.ts';
import { now } from '../../adapters/clock.ts';
import { ConflictError } from '../../adapters/dynamo/commit.ts';
import { commitWithShop } from '../../adapters/dynamo/commit-with-shop.ts';
import { agents } from '../../adapters/dynamo/directory.ts';
import {
  createAgent,
  dropMachines,
  loadAgent,
  loadMachine,
  type Agent,
} from '../../adapters/dynamo/repositories/farm.ts';
import { openCommands, putCommand, putMachine } from '../../adapters/dynamo/repositories/runs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { recordFact } from '../../use-cases/record-fact.ts';

const mostTries = 5;

/**
 * Writes a new agent and gives it its machines. Agents that spoke for them before lose them in the same transaction; the
 * sweep of the farm retires an agent that is left without any.
 * @returns the machines it got
 */
export async function takeMachines(
  t: Tenant,
  agent: Omit<Agent, 'machineIds'>,
  machineIds: readonly string[],
): Promise<Machine[]> {
  for (let attempt = 1; ; attempt += 1) {
    for (const machineId of machineIds) await endOpenRun(t, machineId);
    const machines = (await Promise.all(machineIds.map((id) => loadMachine(t, id)))).filter(
      (machine) => machine !== undefined,
    );
    const before = new Set(machines.flatMap(({ agentId }) => agentId ?? []));
    const replaced = (await Promise.all([...before].map((id) => loadAgent(t, id)))).filter(
      (each) => each !== undefined,
    );
    const instant = now();
    try {
      await commitWithShop(t.shopId, [
        createAgent(t, { ...agent, machineIds: machines.map(({ id }) => id) }, instant),
        agents.write(agent.id, t.shopId),
        ...replaced.map((each) => dropMachines(t, each, machineIds, instant)),
        ...machines.map((machine) =>
          putMachine(t, { ...machine, agentId: agent.id, version: machine.version + 1 }, machine.version),
        ),
      ]);
      return machines;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === mostTries) throw error;
    }
  }
}

/** A run that its machine's agent was asked for ends when the machine is given to another: nobody would ever report it. */
async function endOpenRun(t: Tenant, machineId: string): Promise<void> {
  const machine = await loadMachine(t, machineId);
  const runId = machine?.currentRunId;
  if (!machine?.agentId || !runId) return;
  const reason = 'The machine was given to another agent during the run.';
  const command = (await openCommands(t, machine.agentId)).find((each) => each.runId === runId);
  const over = command && answerCommand(command, 'expired', reason);
  const also = command && over ? [putCommand(t, over, command.state)] : [];
  await recordFact(t, { kind: 'canceled', runId, at: now(), reason }, also);
}
