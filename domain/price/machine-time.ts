import type { MakingFor } from './making.ts';
import type { PriceBookMaterial, SheetMaterial, StockMaterial } from './price-book.ts';
import type { Making } from './making.ts';
import { add, divide, multiply, rational, toDecimal, type Rational } from './rational.ts';

/** Machine time of one piece, exact, and how it came about. */
export interface MachineTime {
  seconds: Rational;
  rule: string;
}

/** The time that was estimated or typed in, or what the lengths, volumes and feeds of the material give. */
export function machineTimeOf(making: Making, material: PriceBookMaterial): MachineTime {
  if (making.machineSeconds !== undefined)
    return { seconds: rational(making.machineSeconds), rule: `${making.machineSeconds} s` };
  if (making.process === 'laser' && material.process === 'laser') return cuttingTime(making, material);
  if (making.process === 'cnc' && material.process === 'cnc') return millingTime(making, material);
  throw new RangeError(`A ${making.process} part can not be made of a ${material.process} material`);
}

/** Cut length / feed + pierces x time of one + engraved area / rate + handling. */
function cuttingTime(
  { cutMm, pierces, engravedMm2, handlingSeconds }: MakingFor<'laser'>,
  { cutMmPerSecond, pierceSeconds, engraveMm2PerSecond }: SheetMaterial,
): MachineTime {
  const seconds = add(
    divide(rational(cutMm), rational(cutMmPerSecond)),
    multiply(rational(pierces), rational(pierceSeconds)),
    divide(rational(engravedMm2), rational(engraveMm2PerSecond)),
    rational(handlingSeconds),
  );
  return {
    seconds,
    rule: `(${cutMm} mm / ${cutMmPerSecond} mm/s + ${pierces} x ${pierceSeconds} s + ${engravedMm2} mm2 / ${engraveMm2PerSecond} mm2/s + ${handlingSeconds} s = ${toDecimal(seconds, 3)} s)`,
  };
}

/** Removed volume / removal rate + tool changes x time of one. */
function millingTime(
  { removedMm3, toolChanges }: MakingFor<'cnc'>,
  { removalMm3PerSecond, toolChangeSeconds }: StockMaterial,
): MachineTime {
  const seconds = add(
    divide(rational(removedMm3), rational(removalMm3PerSecond)),
    multiply(rational(toolChanges), rational(toolChangeSeconds)),
  );
  return {
    seconds,
    rule: `(${removedMm3} mm3 / ${removalMm3PerSecond} mm3/s + ${toolChanges} x ${toolChangeSeconds} s = ${toDecimal(seconds, 3)} s)`,
  };
}
