import { estimateCasting } from '#domain/estimate/casting.ts';
import { estimateLaserCut } from '#domain/estimate/laser-cut.ts';
import { estimateMilling } from '#domain/estimate/milling.ts';
import type { FileLayers } from '#domain/estimate/orientation.ts';
import { estimatePowderBed } from '#domain/estimate/powder-bed.ts';
import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { estimateResin, type ResinSettings } from '#domain/estimate/resin.ts';
import { bodyMeasures, type BodyMeasures, type GeometryReport } from '#domain/geometry/report.ts';
import { estimateByBook, type PrintChoice } from './estimate-by-book.ts';
import type { Making } from './making.ts';
import { usualMakingOf, type UsualMaking } from './usual-making.ts';
import type {
  AlloyMaterial,
  PowderMaterial,
  PriceBook,
  PriceBookMaterial,
  ResinMaterial,
  SheetMaterial,
  StockMaterial,
} from './price-book.ts';

export interface Measured {
  making: Making | null;
  /** Of a filament print. */
  estimate: PrintEstimate | null;
  /** The making comes from the file, not from a person. */
  fromGeometry?: true;
}

const nothing: Measured = { making: null, estimate: null };

/** What one piece takes by its file alone; nothing where the file does not tell and the shop has to say it. */
export function measurePart(
  report: GeometryReport,
  material: PriceBookMaterial,
  book: PriceBook,
  layers?: FileLayers,
  choice?: PrintChoice,
): Measured {
  if (report.verdict === 'refused') return nothing;
  const usual = usualMakingOf(book);
  if (material.process === 'laser')
    return report.kind === 'drawing' ? fromGeometry(cut(report, material, usual.laser)) : nothing;
  if (report.kind !== 'mesh') return nothing;
  const body = bodyMeasures(report);
  switch (material.process) {
    case 'fdm': {
      const estimate = estimateByBook(book, material.densityGPerCm3, body, layers, choice);
      if (!estimate) return nothing;
      const { printSeconds: machineSeconds, materialGrams: grams } = estimate;
      return { making: { process: 'fdm', machineSeconds, grams }, estimate, fromGeometry: true };
    }
    case 'resin':
      return fromGeometry(exposed(body, material, usual.resin));
    case 'powder':
      return fromGeometry(sintered(body, material, usual.powder));
    case 'cnc':
      return fromGeometry(milled(body, material, usual.cnc));
    case 'casting':
      return fromGeometry(cast(body, material, usual));
  }
}

const fromGeometry = (making: Making | undefined): Measured =>
  making ? { making, estimate: null, fromGeometry: true } : nothing;

/** Figures that a person can check: seconds whole, all else with few decimals. */
const round = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

/** A screen's exposure by the shop's figures. */
const resinSettings = (
  { secondsPerLayer, ...usual }: UsualMaking['resin'],
  densityGPerMl: number,
): ResinSettings => ({ ...usual, exposure: { kind: 'screen', secondsPerLayer }, densityGPerMl });

function exposed(
  { volumeMm3, boundingBoxMm }: BodyMeasures,
  material: ResinMaterial,
  usual: UsualMaking['resin'],
): Making | undefined {
  const settings = resinSettings(usual, material.densityGPerCm3);
  const estimate = estimateResin({ volumeMm3, heightMm: boundingBoxMm.size[2] }, settings);
  return (
    estimate && {
      process: 'resin',
      machineSeconds: round(estimate.seconds, 0),
      millilitres: round(estimate.resinMl),
      layers: estimate.layers,
      washCureMinutes: usual.washCureMinutes,
    }
  );
}

function sintered(
  { volumeMm3, boundingBoxMm }: BodyMeasures,
  material: PowderMaterial,
  { chamberXMm, chamberYMm, chamberZMm, ...usual }: UsualMaking['powder'],
): Making | undefined {
  const chamberMm = [chamberXMm, chamberYMm, chamberZMm] as const;
  const settings = { ...usual, chamberMm, densityGPerCm3: material.densityGPerCm3 };
  const estimate = estimatePowderBed({ volumeMm3, boxMm: boundingBoxMm.size }, settings);
  if (!estimate) return undefined;
  const grams = (volumeMm3 / 1000) * material.densityGPerCm3;
  return {
    process: 'powder',
    machineSeconds: round(estimate.seconds, 0),
    grams: round(grams),
    refreshGrams: round(Math.max(0, estimate.powderGrams - grams)),
    chamberShare: round(estimate.chamberShare, 6),
  };
}

function cut(
  report: GeometryReport & { kind: 'drawing' },
  material: SheetMaterial,
  usual: UsualMaking['laser'],
): Making | undefined {
  const { cutLengthMm, pierces, engravedAreaMm2: engravedMm2, boundingBoxMm } = report;
  const [x, y] = boundingBoxMm.size;
  const estimate = estimateLaserCut(
    { cutLengthMm, pierces, engravedMm2, boxMm: [x, y] },
    {
      ...usual,
      cutMmPerSecond: material.cutMmPerSecond,
      secondsPerPierce: material.pierceSeconds,
      engravedMm2PerSecond: material.engraveMm2PerSecond,
      sheetMm: [material.sheetWidthMm, material.sheetHeightMm],
    },
  );
  return (
    estimate && {
      process: 'laser',
      cutMm: round(cutLengthMm),
      pierces,
      engravedMm2: round(engravedMm2),
      sheetShare: round(estimate.sheets, 6),
      handlingSeconds: round(estimate.sheets * usual.secondsPerSheet),
    }
  );
}

function milled(
  { volumeMm3, areaMm2, boundingBoxMm }: BodyMeasures,
  material: StockMaterial,
  usual: UsualMaking['cnc'],
): Making | undefined {
  const { setups, toolChanges } = usual;
  const estimate = estimateMilling(
    { volumeMm3, areaMm2, boxMm: boundingBoxMm.size },
    {
      ...usual,
      removedMm3PerSecond: material.removalMm3PerSecond,
      secondsPerSetup: 0,
      secondsPerToolChange: material.toolChangeSeconds,
      densityGPerCm3: material.densityGPerCm3,
    },
  );
  return (
    estimate && {
      process: 'cnc',
      machineSeconds: round(estimate.secondsPerPart, 0),
      stockGrams: round(estimate.stockGrams),
      removedMm3: round(estimate.removedMm3, 0),
      setups,
      toolChanges,
    }
  );
}

/** The wax is printed in castable resin; stones only a person knows. */
function cast(
  { volumeMm3, boundingBoxMm }: BodyMeasures,
  material: AlloyMaterial,
  { resin, casting }: UsualMaking,
): Making | undefined {
  const wax = estimateResin({ volumeMm3, heightMm: boundingBoxMm.size[2] }, resinSettings(resin, 1));
  const metal = estimateCasting(volumeMm3, {
    densityGPerCm3: material.densityGPerCm3,
    lossPercent: casting.lossPercent,
    purity: material.purityPercent / 100,
  });
  return (
    wax &&
    metal && {
      process: 'casting',
      machineSeconds: round(wax.seconds, 0),
      metalGrams: round(metal.castGrams),
      waxMillilitres: round(wax.resinMl),
      waxMinorPerLitre: casting.waxMinorPerLitre,
      stones: [],
      hallmarkMinor: casting.hallmarkMinor,
    }
  );
}
