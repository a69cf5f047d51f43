/** How a part is made. Resin covers laser and mask exposure, powder covers laser sintering and jet fusion. */
export const processes = ['fdm', 'resin', 'powder', 'laser', 'cnc', 'casting'] as const;
export type Process = (typeof processes)[number];

export const processNames: Record<Process, string> = {
  fdm: 'Filament printing',
  resin: 'Resin printing',
  powder: 'Powder printing',
  laser: 'Laser cutting',
  cnc: 'CNC milling',
  casting: 'Casting',
};

/** What can be made of a file: sheets are cut from drawings, everything else is made from bodies; a mill does both. */
export const processesOf: Record<'mesh' | 'drawing', readonly Process[]> = {
  mesh: ['fdm', 'resin', 'powder', 'cnc', 'casting'],
  drawing: ['laser', 'cnc'],
};
