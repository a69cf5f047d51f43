import { estimateFdmPrint, type PrintEstimate } from '#domain/estimate/print-estimate.ts';
import type { Making } from './making.ts';
import type { PriceBook, PriceBookMaterial } from './price-book.ts';
import type { PricedGeometry } from './review-gates.ts';

export interface Measured {
  making: Making | null;
  estimate: PrintEstimate | null;
}

const nothing: Measured = { making: null, estimate: null };

/** What one piece takes by its geometry alone; nothing where the shop has to say it. */
export function measurePart(
  geometry: PricedGeometry,
  material: PriceBookMaterial,
  book: PriceBook,
): Measured {
  if (geometry.verdict === 'refused' || material.process !== 'fdm') return nothing;
  const estimate = estimateFdmPrint(geometry, { ...book, densityGPerCm3: material.densityGPerCm3 });
  if (!estimate) return nothing;
  const { printSeconds: machineSeconds, materialGrams: grams } = estimate;
  return { making: { process: 'fdm', machineSeconds, grams }, estimate };
}
