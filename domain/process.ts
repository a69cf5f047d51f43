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
