import type { MachineCommand } from '#domain/machine/command.ts';
import type { Machine } from '#domain/machine/machine.ts';
import type { Run, RunState } from '#domain/run/run.ts';
import { put, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

export const createRun = ({ entities }: Tenant, run: Run): Write =>
  put('run', entities.run.create(run).params());

/** Writes a run whose state was `before` when it was read. */
export const putRun = ({ entities }: Tenant, run: Run, before: RunState): Write =>
  put(
    'run',
    entities.run
      .put(run)
      .where(({ state }, { eq }) => eq(state, before))
      .params(),
  );

/** The index only finds the run's job; the run itself is read consistently. */
export async function findRun({ entities }: Tenant, runId: string): Promise<Run | undefined> {
  const { data } = await entities.run.query.byId({ id: runId }).go({ limit: 1 });
  const found = data[0];
  if (!found) return undefined;
  return (
    (await entities.run.get({ jobId: found.jobId, id: runId }).go({ consistent: true })).data ?? undefined
  );
}

export const createCommand = ({ entities }: Tenant, command: MachineCommand): Write =>
  put('command', entities.machineCommand.create(command).params());

/** Writes a command whose state was `before` when it was read. */
export const putCommand = (
  { entities }: Tenant,
  command: MachineCommand,
  before: MachineCommand['state'],
): Write =>
  put(
    'command',
    entities.machineCommand
      .put(command)
      .where(({ state }, { eq }) => eq(state, before))
      .params(),
  );

export async function loadCommand(
  { entities }: Tenant,
  agentId: string,
  id: string,
): Promise<MachineCommand | undefined> {
  return (await entities.machineCommand.get({ agentId, id }).go({ consistent: true })).data ?? undefined;
}

/** The commands of an agent that it has not ended, oldest first. */
export async function openCommands({ entities }: Tenant, agentId: string): Promise<MachineCommand[]> {
  const { data } = await entities.machineCommand.query
    .ofAgent({ agentId })
    .go({ consistent: true, order: 'desc', limit: 50 });
  return data.filter((command) => ['issued', 'received', 'accepted'].includes(command.state)).reverse();
}

/** Writes a machine whose version was `before` when it was read. */
export const putMachine = ({ entities }: Tenant, machine: Machine, before: number): Write =>
  put(
    'machine',
    entities.machine
      .put(machine)
      .where(({ version }, { eq }) => eq(version, before))
      .params(),
  );
