import type { LengthUnit } from './report.ts';

/** Millimetres in one unit; inch and foot are the international ones, the pixel is that of CSS: exact by definition. */
export const millimetresPer: Readonly<Record<LengthUnit, number>> = {
  micron: 0.001,
  mm: 1,
  cm: 10,
  m: 1000,
  inch: 25.4,
  foot: 304.8,
  px: 25.4 / 96,
};

/** How a unit is called in a sentence. */
export const unitNames: Readonly<Record<LengthUnit, string>> = {
  micron: 'micrometres',
  mm: 'millimetres',
  cm: 'centimetres',
  m: 'metres',
  inch: 'inches',
  foot: 'feet',
  px: 'pixels',
};
