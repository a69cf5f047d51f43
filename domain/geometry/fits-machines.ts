import type { PointMm } from './report.ts';

export interface MachineVolume {
  name: string;
  volumeMm: PointMm;
}

/**
 * The machines that a box of this size fits into when it may be turned by quarters about any axis.
 * @param size of the part's bounding box, mm
 */
export function fitsMachines<Machine extends MachineVolume>(
  size: PointMm,
  machines: readonly Machine[],
): Machine[] {
  const lengths = ascending(size);
  return machines.filter(({ volumeMm }) => {
    const room = ascending(volumeMm);
    return lengths.every((length, axis) => length <= room[axis]!);
  });
}

function ascending(lengths: PointMm): number[] {
  return [...lengths].sort((a, b) => a - b);
}
