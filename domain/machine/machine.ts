import { processNames, type Process } from '../process.ts';
import { refuse, type Refusal } from '../refusal.ts';

/** What an agent says of a machine (domain.md, section 7: uniform states). */
export const machineStates = [
  'offline',
  'idle',
  'preparing',
  'printing',
  'paused',
  'attention',
  'finished',
  'failed',
  'canceled',
  'maintenance',
  'unknown',
] as const;
export type MachineState = (typeof machineStates)[number];

export interface Machine {
  id: string;
  name: string;
  process: Process;
  /** Build volume, mm. */
  volumeMm: { x: number; y: number; z: number };
  /** The agent that speaks for it; none until one is enrolled for it. */
  agentId?: string;
  /** `occupied` from the moment a run is requested until a person says the bed is clear. */
  bed: 'clear' | 'occupied';
  currentRunId?: string;
  version: number;
  createdAt: string;
}

/** The newest telemetry of a machine. */
export interface MachineLive {
  machineId: string;
  state: MachineState;
  /** 0..100 */
  percent?: number;
  etaSeconds?: number;
  layer?: number;
  layers?: number;
  temperaturesC?: { nozzle: number; nozzleTarget: number; bed: number; bedTarget: number };
  runId?: string;
  error?: string;
  observedAt: string;
}

/** What is to be made on a machine: how, and the size of one piece, mm. */
export interface Workpiece {
  process: Process;
  box: { x: number; y: number; z: number };
}

/** Why a machine can not take a run now; undefined when it can. One without an agent is started, and logged, by hand. */
export function canStart(machine: Machine, { process, box }: Workpiece): Refusal | undefined {
  if (machine.process !== process)
    return refuse(
      'not_ready',
      `${machine.name} is for ${processNames[machine.process].toLowerCase()}, the part for ${processNames[process].toLowerCase()}.`,
      'machineId',
    );
  if (machine.currentRunId)
    return refuse('not_ready', `${machine.name} is busy with another run.`, 'machineId');
  if (machine.bed !== 'clear')
    return refuse('not_ready', `Confirm that the bed of ${machine.name} is clear first.`, 'machineId');
  if (!fits(machine.volumeMm, box))
    return refuse(
      'not_ready',
      `${box.x.toFixed(1)} x ${box.y.toFixed(1)} x ${box.z.toFixed(1)} mm does not fit ${machine.name} (${machine.volumeMm.x} x ${machine.volumeMm.y} x ${machine.volumeMm.z} mm).`,
      'machineId',
    );
  return undefined;
}

/** The box fits upright, turned by a quarter if need be. */
export const fits = (volume: Machine['volumeMm'], box: { x: number; y: number; z: number }): boolean =>
  box.z <= volume.z && ((box.x <= volume.x && box.y <= volume.y) || (box.y <= volume.x && box.x <= volume.y));

/** Heartbeats missed before contact counts as lost. */
const missedHeartbeats = 3;

/** The last instant at which an agent that was heard then still counts as in contact. */
export const contactUntil = (lastSeenAt: string, heartbeatSeconds: number): string =>
  new Date(Date.parse(lastSeenAt) + missedHeartbeats * heartbeatSeconds * 1000).toISOString();

/** True when the last sign of life is older than three heartbeats. */
export const contactLost = (lastSeenAt: string, heartbeatSeconds: number, now: string): boolean =>
  now > contactUntil(lastSeenAt, heartbeatSeconds);

/** A person saw that the bed is clear. */
export function clearBed(machine: Machine): Machine | Refusal {
  if (machine.currentRunId)
    return refuse('not_ready', `${machine.name} is still busy with a run.`, 'machineId');
  return { ...machine, bed: 'clear', version: machine.version + 1 };
}

/** A run that was given up is on the machine after all; undefined when it is there, or another has its place. */
export const occupyWith = (machine: Machine, runId: string): Machine | undefined =>
  machine.currentRunId
    ? undefined
    : { ...machine, bed: 'occupied', currentRunId: runId, version: machine.version + 1 };

/** The run is over: the bed stays occupied until a person clears it. */
export function releaseFrom(machine: Machine, runId: string): Machine | undefined {
  if (machine.currentRunId !== runId) return undefined;
  const { currentRunId: _, ...rest } = machine;
  return { ...rest, version: machine.version + 1 };
}

/** Its operator says that the run is over: they stand before it, and the next run is started by hand, too. */
export function clearedFrom(machine: Machine, runId: string): Machine | undefined {
  const released = releaseFrom(machine, runId);
  return released && { ...released, bed: 'clear' };
}
