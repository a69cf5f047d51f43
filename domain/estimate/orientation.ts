import { standsIn, type MachineVolume } from '#domain/geometry/fits-machines.ts';
import type { LayerTable } from './layer-table.ts';
import type { PrintOrientation } from './print-estimate.ts';
import type { Orientation, PrintSettings } from './print-settings.ts';
import { estimateFromLayers, type SweepEstimate } from './sweep-estimate.ts';

/** A part's layers when it lies on another side than its file has it. */
export interface TurnedLayers {
  /** Turn about x, then about y, whole degrees. */
  rotationDegrees: [number, number];
  /** No other side that was tried lies on the plate with a larger area, nor does the part as uploaded. */
  onLargestSide: boolean;
  table: LayerTable;
}

/** The layers of a part as uploaded, and those of its best other way to lie, when there is one worth while. */
export interface FileLayers extends LayerTable {
  turned?: TurnedLayers;
}

export interface OrientedEstimate extends SweepEstimate {
  orientation: PrintOrientation;
}

/** What is asked of the way a part lies. */
export interface OrientationWish {
  /** The best way without. */
  orientation?: Orientation | undefined;
  /** A part stands as it is turned in one of them, if it can; without any, everywhere. */
  machines?: readonly MachineVolume[] | undefined;
}

/** A turn has to save this much, or the part stays as its maker laid it. */
const leastSaving = 0.05;
/** Where a shop prints no supports a turn may cost this share of what it would save with them, for a print that succeeds. */
const mostLossOfSaving = 0.1;
/** Filament at 20 per kilogram and a machine at 2.5 per hour, as the books begin with: a gram costs as much as these seconds. */
const secondsPerGram = 29;

/** What a print takes, in seconds: its time, and its material as the time that costs as much. */
const costOf = ({ printSeconds, materialGrams }: SweepEstimate): number =>
  printSeconds + secondsPerGram * materialGrams;

/** One way to lie, with the supports that are asked for and with all that it would need. */
interface Way {
  sizeMm: LayerTable['sizeMm'];
  estimate: SweepEstimate;
  supported: SweepEstimate;
}

function wayOf(table: LayerTable, settings: PrintSettings): Way | undefined {
  const estimate = estimateFromLayers(table, settings);
  const supported = estimateFromLayers(table, { ...settings, supports: 'everywhere' });
  return estimate && supported && { sizeMm: table.sizeMm, estimate, supported };
}

const standsInOne = ({ sizeMm }: Way, machines: readonly MachineVolume[]): boolean =>
  machines.length === 0 || standsIn(sizeMm, machines).length > 0;

/**
 * Whether to turn a part: it costs a twentieth less with supports wherever they are needed, for what hangs in the air is not printed
 * well though a shop prints no supports, and hardly more with these very settings. What stands in a machine only so is turned at any cost.
 */
function isBetter(turned: Way, given: Way, machines: readonly MachineVolume[]): boolean {
  if (!standsInOne(turned, machines)) return false;
  if (!standsInOne(given, machines)) return true;
  const saving = costOf(given.supported) - costOf(turned.supported);
  const loss = costOf(turned.estimate) - costOf(given.estimate);
  return saving >= leastSaving * costOf(given.supported) && loss <= mostLossOfSaving * saving;
}

/** Of the ways that are better than as uploaded, the one that takes least with all supports; undefined when none is better. */
export function findBetter<Turned extends { table: LayerTable }>(
  asUploaded: LayerTable,
  turned: readonly Turned[],
  settings: PrintSettings,
  machines: readonly MachineVolume[] = [],
): Turned | undefined {
  const given = wayOf(asUploaded, settings);
  if (!given) return undefined;
  return turned
    .flatMap((each) => {
      const way = wayOf(each.table, settings);
      return way && isBetter(way, given, machines) ? [{ each, cost: costOf(way.supported) }] : [];
    })
    .toSorted((one, other) => one.cost - other.cost)[0]?.each;
}

/**
 * Time and material of one print in the way it is to lie: as uploaded, or turned where that is better with these very settings.
 * @returns undefined when the settings are not those of a print
 */
export function estimateOriented(
  { turned, ...asUploaded }: FileLayers,
  settings: PrintSettings,
  { orientation = 'best', machines = [] }: OrientationWish = {},
): OrientedEstimate | undefined {
  const given = wayOf(asUploaded, settings);
  if (!given) return undefined;
  const asGiven = (words: string): OrientedEstimate => ({
    ...given.estimate,
    orientation: { turned: false, rotationDegrees: [0, 0], words },
  });
  const way = turned && wayOf(turned.table, settings);
  if (!turned || !way || !isBetter(way, given, machines)) return asGiven('printed as uploaded');
  const gain = savedWords(given, way);
  const stands = standsInOne(given, machines);
  if (orientation === 'as_uploaded')
    return asGiven(`printed as uploaded; ${stands ? `turning it ${gain}` : 'so it stands in no machine'}`);
  const side = turned.onLargestSide ? 'its largest flat side' : 'another flat side';
  return {
    ...way.estimate,
    orientation: {
      turned: true,
      rotationDegrees: turned.rotationDegrees,
      words: `turned by ${turnWords(turned.rotationDegrees)}: lies on ${side}, ${stands ? gain : 'as uploaded it stands in no machine'}`,
    },
  };
}

function turnWords([aboutX, aboutY]: readonly [number, number]): string {
  const turns = [
    ...(aboutX === 0 ? [] : [`${aboutX}° about x`]),
    ...(aboutY === 0 ? [] : [`${aboutY}° about y`]),
  ];
  return turns.join(' and ');
}

/** Supports that the shop does not print are needed all the same: of these the words tell what as uploaded would need. */
function savedWords(given: Way, turned: Way): string {
  const minutes = Math.round((given.estimate.printSeconds - turned.estimate.printSeconds) / 60);
  const printed = given.estimate.features.supports.grams - turned.estimate.features.supports.grams;
  const needed = given.supported.features.supports.grams - turned.supported.features.supports.grams;
  const saved = [
    ...(minutes >= 1 ? [durationWords(minutes)] : []),
    ...(printed >= 0.5 ? [`${printed.toFixed(0)} g of supports`] : []),
  ];
  const words = saved.length > 0 ? [`saves ${saved.join(' and ')}`] : [];
  if (printed < 0.5 && needed >= 0.5) words.push(`needs ${needed.toFixed(0)} g less of supports`);
  return words.length > 0 ? words.join(', ') : 'takes less material';
}

const durationWords = (minutes: number): string =>
  minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
