import { estimateCasting } from '#domain/estimate/casting.ts';
import { estimateLaserCut } from '#domain/estimate/laser-cut.ts';
import type { LayerTable } from '#domain/estimate/layer-table.ts';
import { estimateMilling } from '#domain/estimate/milling.ts';
import { estimatePowderBed } from '#domain/estimate/powder-bed.ts';
import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import { estimateResin, type ResinSettings } from '#domain/estimate/resin.ts';
import { bodyMeasures, type BodyMeasures, type GeometryReport } from '#domain/geometry/report.ts';
import { estimateByBook, type PrintChoice } from './estimate-by-book.ts';
import type { Making } from './making.ts';
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

/**
 * How parts are made as long as nobody says otherwise for a line: middle values of what is usual for the process (supports 10 to
 * 30 %, nesting 70 to 85 % of a sheet, powder packed to 6 to 12 %, sprue and loss 8 to 20 %), the chamber of a bench-top sintering machine.
 */
const usual = {
  resin: {
    layerMm: 0.05,
    exposure: { kind: 'screen', secondsPerLayer: 8 },
    bottomLayers: 5,
    bottomSecondsPerLayer: 30,
    supportPercent: 20,
  },
  powder: {
    chamberMm: [165, 165, 300],
    layerMm: 0.11,
    secondsPerLayer: 30,
    packingPercent: 10,
    gapMm: 5,
    coolDownSeconds: 50_400,
    powderGPerCm3: 0.45,
    refreshPercent: 30,
  },
  laser: { yieldPercent: 75, secondsPerSheet: 120 },
  milling: { finishedMm2PerSecond: 20, setups: 2, toolChanges: 4, stockAllowanceMm: 2 },
  casting: { lossPercent: 12, waxMinorPerLitre: 25_000 },
} as const;

/** What one piece takes by its file alone; nothing where the file does not tell and the shop has to say it. */
export function measurePart(
  report: GeometryReport,
  material: PriceBookMaterial,
  book: PriceBook,
  layers?: LayerTable,
  choice?: PrintChoice,
): Measured {
  if (report.verdict === 'refused') return nothing;
  if (material.process === 'laser')
    return report.kind === 'drawing' ? fromGeometry(cut(report, material)) : nothing;
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
      return fromGeometry(exposed(body, material));
    case 'powder':
      return fromGeometry(sintered(body, material));
    case 'cnc':
      return fromGeometry(milled(body, material));
    case 'casting':
      return fromGeometry(cast(body, material));
  }
}

const fromGeometry = (making: Making | undefined): Measured =>
  making ? { making, estimate: null, fromGeometry: true } : nothing;

/** Figures that a person can check: seconds whole, all else with few decimals. */
const round = (value: number, decimals = 2): number => Number(value.toFixed(decimals));

function exposed({ volumeMm3, boundingBoxMm }: BodyMeasures, material: ResinMaterial): Making | undefined {
  const settings: ResinSettings = { ...usual.resin, densityGPerMl: material.densityGPerCm3 };
  const estimate = estimateResin({ volumeMm3, heightMm: boundingBoxMm.size[2] }, settings);
  return (
    estimate && {
      process: 'resin',
      machineSeconds: round(estimate.seconds, 0),
      millilitres: round(estimate.resinMl),
      layers: estimate.layers,
      washCureMinutes: 0,
    }
  );
}

function sintered({ volumeMm3, boundingBoxMm }: BodyMeasures, material: PowderMaterial): Making | undefined {
  const settings = { ...usual.powder, densityGPerCm3: material.densityGPerCm3 };
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

function cut(report: GeometryReport & { kind: 'drawing' }, material: SheetMaterial): Making | undefined {
  const { cutLengthMm, pierces, engravedAreaMm2: engravedMm2, boundingBoxMm } = report;
  const [x, y] = boundingBoxMm.size;
  const estimate = estimateLaserCut(
    { cutLengthMm, pierces, engravedMm2, boxMm: [x, y] },
    {
      ...usual.laser,
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
      handlingSeconds: round(estimate.sheets * usual.laser.secondsPerSheet),
    }
  );
}

function milled(
  { volumeMm3, areaMm2, boundingBoxMm }: BodyMeasures,
  material: StockMaterial,
): Making | undefined {
  const { setups, toolChanges } = usual.milling;
  const estimate = estimateMilling(
    { volumeMm3, areaMm2, boxMm: boundingBoxMm.size },
    {
      ...usual.milling,
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

/** The wax is printed in castable resin; stones and hallmark only a person knows. */
function cast({ volumeMm3, boundingBoxMm }: BodyMeasures, material: AlloyMaterial): Making | undefined {
  const wax = estimateResin(
    { volumeMm3, heightMm: boundingBoxMm.size[2] },
    { ...usual.resin, densityGPerMl: 1 },
  );
  const metal = estimateCasting(volumeMm3, {
    densityGPerCm3: material.densityGPerCm3,
    lossPercent: usual.casting.lossPercent,
    purity: material.purityPercent / 100,
  });
  return (
    wax &&
    metal && {
      process: 'casting',
      machineSeconds: round(wax.seconds, 0),
      metalGrams: round(metal.castGrams),
      waxMillilitres: round(wax.resinMl),
      waxMinorPerLitre: usual.casting.waxMinorPerLitre,
      stones: [],
      hallmarkMinor: 0,
    }
  );
}
