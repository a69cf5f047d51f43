import type { MonthMark } from '#domain/platform/usage.ts';
import type { Machine, MachineLive } from '#domain/machine/machine.ts';
import { put, update, type Write } from '../commit.ts';
import { isConditionFailed } from '../condition-failed.ts';
import { telemetryKey } from '../entities/machine.ts';
import { readRow, readRows } from '../read-rows.ts';
import { rowsOf } from '../rows-of.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

export interface Agent {
  id: string;
  shopId: string;
  machineIds: string[];
  certificateId: string;
  certificateArn: string;
  contact: 'connected' | 'lost';
  lastSeenAt: string;
  factSeq: number;
  createdAt: string;
  /** Snapshots it has sent, and what of them belongs to the current month. */
  messages?: number;
  month?: MonthMark;
  /** Its place on the watch list. */
  syssk?: string;
}

export const createMachine = ({ entities }: Tenant, machine: Machine): Write =>
  put('machine', entities.machine.create(machine).params());

export async function loadMachine({ entities }: Tenant, id: string): Promise<Machine | undefined> {
  return (await entities.machine.get({ id }).go({ consistent: true })).data ?? undefined;
}

/** A machine has one agent at a time; what any other says of it does not count. */
export const speaksFor = async (t: Tenant, agentId: string, machineId: string): Promise<boolean> =>
  (await loadMachine(t, machineId))?.agentId === agentId;

/** With their newest telemetry, in one query. */
export async function listMachines(t: Tenant): Promise<{ machine: Machine; live?: MachineLive }[]> {
  const rows = await readRows(t, 'MACHINES');
  const { machine: machines, machineLive } = t.entities;
  const newest = new Map(rowsOf(machineLive, rows).map((each) => [each.machineId, each]));
  return rowsOf(machines, rows).map((machine) => {
    const telemetry = newest.get(machine.id);
    return { machine, ...(telemetry ? { live: telemetry } : {}) };
  });
}

/** The newest telemetry of some machines, those left out that were never heard of. */
export async function telemetryOf(t: Tenant, machineIds: readonly string[]): Promise<MachineLive[]> {
  const rows = await Promise.all(machineIds.map((id) => readRow(t, 'MACHINES', telemetryKey(id))));
  return rowsOf(
    t.entities.machineLive,
    rows.flatMap((row) => row ?? []),
  );
}

/** Stores telemetry unless something newer is there; late messages never turn time back. */
export async function storeLive({ entities }: Tenant, live: MachineLive): Promise<void> {
  try {
    await entities.machineLive
      .put(live)
      .where(
        ({ observedAt }, { notExists, lte }) =>
          `${notExists(observedAt)} OR ${lte(observedAt, live.observedAt)}`,
      )
      .go();
  } catch (error) {
    if (!isConditionFailed(error)) throw error;
  }
}

/** Nobody hears of the machine any more. The time of its last telemetry stays: the agent's clock orders its messages. */
export async function markUnknown({ entities }: Tenant, machineId: string): Promise<void> {
  try {
    await entities.machineLive.patch({ machineId }).set({ state: 'unknown' }).go();
  } catch (error) {
    // A machine that was never heard of has nothing to forget.
    if (!isConditionFailed(error)) throw error;
  }
}

export async function loadAgent({ entities }: Tenant, id: string): Promise<Agent | undefined> {
  return (await entities.agent.get({ id }).go({ consistent: true })).data ?? undefined;
}

export async function listAgents({ entities }: Tenant): Promise<Agent[]> {
  return (await entities.agent.query.ofShop({}).go({ pages: 'all' })).data;
}

/** New agents are watched from `watchFrom` on. */
export const createAgent = ({ entities }: Tenant, agent: Agent, watchFrom: string): Write =>
  put('agent', entities.agent.create({ ...agent, ...watched('AGENT', agent.id, watchFrom) }).params());

/** Takes machines off an agent's list, if it is the list that was read; the sweep looks at the agent at once. */
export const dropMachines = (
  { entities }: Tenant,
  agent: Agent,
  machineIds: readonly string[],
  now: string,
): Write =>
  update(
    'agent',
    entities.agent
      .patch({ id: agent.id })
      .set({
        machineIds: agent.machineIds.filter((id) => !machineIds.includes(id)),
        ...watched('AGENT', agent.id, now),
      })
      .where((row, { eq }) => eq(row.machineIds, agent.machineIds))
      .params(),
  );

/**
 * A snapshot came from an agent that was in contact. Its place on the watch list stays, so that a snapshot puts off nothing that has to
 * be done.
 * @returns false when contact was lost meanwhile, and nothing was written
 */
export async function markSeen({ entities }: Tenant, id: string, lastSeenAt: string): Promise<boolean> {
  try {
    await entities.agent
      .patch({ id })
      .set({ lastSeenAt })
      .add({ messages: 1 })
      .where(({ contact }, { eq }) => eq(contact, 'connected'))
      .go();
    return true;
  } catch (error) {
    if (isConditionFailed(error)) return false;
    throw error;
  }
}

/** The first snapshot after a silence: in contact again, and watched. */
export async function markBack(
  { entities }: Tenant,
  id: string,
  lastSeenAt: string,
  watchFrom: string,
): Promise<void> {
  await entities.agent
    .patch({ id })
    .set({ contact: 'connected', lastSeenAt, ...watched('AGENT', id, watchFrom) })
    .add({ messages: 1 })
    .go();
}

/** The sweep looks at the agent at `watchFrom`. */
export async function watchAgent({ entities }: Tenant, id: string, watchFrom: string): Promise<void> {
  await entities.agent
    .patch({ id })
    .set(watched('AGENT', id, watchFrom))
    .go();
}

/**
 * Contact is lost; watched again from `watchFrom` on, or (undefined) from its next sign of life. One that came meanwhile is no sign: the
 * one after it is.
 */
export async function markLost(
  { entities }: Tenant,
  id: string,
  watchFrom: string | undefined,
): Promise<void> {
  const lost = entities.agent
    .patch({ id })
    .set({ contact: 'lost', ...(watchFrom ? watched('AGENT', id, watchFrom) : {}) });
  await (watchFrom ? lost : lost.remove(['syspk', 'syssk'])).go();
}

/** Notes with which number of snapshots a month began, if it is still the month that was read. */
export const monthWrite = ({ entities }: Tenant, agent: Agent, month: MonthMark): Write =>
  update(
    'agent',
    entities.agent
      .patch({ id: agent.id })
      .set({ month })
      .where((row, { eq, notExists }) => (agent.month ? eq(row.month, agent.month) : notExists(row.month)))
      .params(),
  );

/** Moves the fact counter on, if nobody else did. */
export const countFact = ({ entities }: Tenant, agent: Agent, seq: number): Write =>
  update(
    'fact',
    entities.agent
      .patch({ id: agent.id })
      .set({ factSeq: seq })
      .where(({ factSeq }, { eq }) => eq(factSeq, agent.factSeq))
      .params(),
  );
