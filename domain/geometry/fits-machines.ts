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

/**
 * The machines that a box of this size stands in as it is, turned by a quarter on the plate at most.
 * @param size of the part as it lies, mm
 */
export function standsIn<Machine extends MachineVolume>(
  [x, y, z]: PointMm,
  machines: readonly Machine[],
): Machine[] {
  const [short, long] = [Math.min(x, y), Math.max(x, y)];
  return machines.filter(
    ({ volumeMm: [width, depth, height] }) =>
      short <= Math.min(width, depth) && long <= Math.max(width, depth) && z <= height,
  );
}

function ascending(lengths: PointMm): number[] {
  return [...lengths].sort((a, b) => a - b);
}
