import type { MachineVolume } from '#domain/price/review-gates.ts';
import { listMachines } from '../adapters/dynamo/repositories/farm.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** What the shop's machines are for and how large a part they hold. */
export async function machineVolumes(t: Tenant): Promise<MachineVolume[]> {
  const machines = await listMachines(t);
  return machines.map(({ machine: { name, process, volumeMm } }) => ({
    name,
    process,
    volumeMm: [volumeMm.x, volumeMm.y, volumeMm.z] as const,
  }));
}

/** Those that a filament print has to stand in. */
export const filamentBeds = (machines: readonly MachineVolume[]): MachineVolume[] =>
  machines.filter(({ process }) => process === 'fdm');
