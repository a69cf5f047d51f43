import { standsIn, type MachineVolume } from '#domain/geometry/fits-machines.ts';
import type { IndexedMesh } from '#domain/geometry/triangle-sink.ts';
import { layerTable, type LayerTable } from './layer-table.ts';
import { findBetter, type FileLayers, type TurnedLayers } from './orientation.ts';
import type { PrintSettings } from './print-settings.ts';
import { calibratedFdm } from './print-estimate.ts';
import { flatSides, restOn, turnDegrees, turned, type Direction, type Rest } from './resting-sides.ts';

const asUploadedDown: Direction = [0, 0, -1];
const axes: readonly Direction[] = [asUploadedDown, [0, 0, 1], [1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0]];
/** Besides the axes. */
const mostFlatSides = 6;
/** The most promising ways are cut into layers; a cut costs as much as the estimate itself. */
const mostCuts = 3;
/** Larger meshes would take seconds to be cut several times. */
const mostTriangles = 300_000;

/** Plastic of the supports under an overhang, of the space below it. */
const supportShare = 0.2;
/** Less is no side to lie on, mm2; a small part may lie on a tenth of its outline. */
const leastContactMm2 = 25;
const leastContactShare = 0.1;

/**
 * A part's layers as uploaded and, where another way to lie takes a twentieth less, those of the best one. Looks at the six sides of
 * the axes and the largest flat sides; what seems best by height, overhang and contact is cut into layers (three at most). Meshes of
 * over 300,000 triangles stay as uploaded.
 * @param asUploaded from `layerTable` of the same mesh and settings
 * @param machines a turned part stands in one of them; without any, everywhere
 */
export function layersWithTurn(
  asUploaded: LayerTable,
  mesh: IndexedMesh,
  settings: PrintSettings,
  machines: readonly MachineVolume[] = [],
): FileLayers {
  if (mesh.triangles.length / 3 > mostTriangles) return asUploaded;
  const rests = restsOf(mesh, settings);
  const largest = Math.max(...rests.map(({ contactMm2 }) => contactMm2));
  const given = rests[0]!;
  const promising = rests
    .filter((rest) => rest !== given && isSide(rest, given))
    .filter(({ sizeMm }) => machines.length === 0 || standsIn(sizeMm, machines).length > 0)
    .toSorted((one, other) => secondsOf(one, settings) - secondsOf(other, settings))
    .slice(0, mostCuts);
  const tried = promising.flatMap((rest): TurnedLayers[] => {
    const table = layerTable(turned(mesh, rest.down), asUploaded.structure);
    const onLargestSide = rest.contactMm2 >= 0.99 * largest;
    return table ? [{ rotationDegrees: turnDegrees(rest.down), onLargestSide, table }] : [];
  });
  const better = findBetter(asUploaded, tried, settings, machines);
  return better ? { ...asUploaded, turned: better } : asUploaded;
}

/** The part as uploaded first. */
function restsOf(mesh: IndexedMesh, { overhangDegrees }: PrintSettings): Rest[] {
  const sides = flatSides(mesh, axes, 2 * mostFlatSides)
    .map((down) => restOn(mesh, down, overhangDegrees))
    .toSorted((one, other) => other.contactMm2 - one.contactMm2)
    .slice(0, mostFlatSides);
  return [...axes.map((down) => restOn(mesh, down, overhangDegrees)), ...sides];
}

/** Whether a part can lie so: on a flat side, or on no less than as uploaded. */
function isSide({ contactMm2, sizeMm }: Rest, given: Rest): boolean {
  const share = leastContactShare * sizeMm[0] * sizeMm[1];
  const least = Math.min(leastContactMm2, share);
  return contactMm2 > 0 && contactMm2 >= Math.max(least, Math.min(given.contactMm2, share));
}

/** As the estimate without layers has it; the part's own plastic is the same in all ways. */
function secondsOf({ sizeMm, overhangMm3 }: Rest, { layerMm }: PrintSettings): number {
  const flow = (calibratedFdm.flowMm3PerSecond * layerMm) / calibratedFdm.layerHeightMm;
  return (sizeMm[2] / layerMm) * calibratedFdm.secondsPerLayer + (supportShare * overhangMm3) / flow;
}
