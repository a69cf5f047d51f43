import { processes, type Process } from '#domain/process.ts';

/** A stone that the shop buys and sets; stones of the customer have a price of 0. */
export interface StoneLine {
  name: string;
  count: number;
  minorEach: number;
  settingMinorEach: number;
}

interface MakingOf<P extends Process> {
  process: P;
}

/**
 * What making ONE piece takes, as plain numbers, whether estimated from geometry, typed in or learned from past runs. Machine
 * time is in seconds on the machine for this piece alone (its share, where pieces are made together).
 */
export type Making =
  | (MakingOf<'fdm'> & { machineSeconds: number; grams: number })
  | (MakingOf<'resin'> & {
      machineSeconds: number;
      millilitres: number;
      layers: number;
      washCureMinutes: number;
    })
  | (MakingOf<'powder'> & {
      machineSeconds: number;
      grams: number;
      /** Fresh powder that replaces what the heat has spoilt around the piece. */
      refreshGrams: number;
      /** Of the build chamber's volume, 0..1. */
      chamberShare: number;
    })
  | (MakingOf<'laser'> & {
      /** Instead of what lengths and feeds give. */
      machineSeconds?: number;
      cutMm: number;
      pierces: number;
      engravedMm2: number;
      /** Of one sheet, with its share of the offcut; may be above 1. */
      sheetShare: number;
      handlingSeconds: number;
    })
  | (MakingOf<'cnc'> & {
      /** Instead of what removal and tool changes give. */
      machineSeconds?: number;
      stockGrams: number;
      removedMm3: number;
      setups: number;
      toolChanges: number;
    })
  | (MakingOf<'casting'> & {
      /** Printing or milling the wax. */
      machineSeconds: number;
      /** Alloy poured for the piece, with sprue and loss. */
      metalGrams: number;
      waxMillilitres: number;
      waxMinorPerLitre: number;
      stones: readonly StoneLine[];
      hallmarkMinor: number;
    });

export type MakingFor<P extends Process> = Extract<Making, { process: P }>;

/** Why a price can not be made of these numbers, or undefined: every one must be finite and 0 or more. */
export function findMakingFault(making: Making): { field: string; message: string } | undefined {
  if (!processes.includes(making.process))
    return { field: 'process', message: `There is no process "${String(making.process)}".` };
  const wrong = (value: unknown) => typeof value === 'number' && !(Number.isFinite(value) && value >= 0);
  for (const [field, value] of Object.entries(making))
    if (wrong(value))
      return { field, message: `${field} must be a number from 0 on; it is ${String(value)}.` };
  if (making.process !== 'casting') return undefined;
  for (const [index, stone] of making.stones.entries())
    for (const [field, value] of Object.entries(stone))
      if (wrong(value) || (typeof value === 'number' && !Number.isInteger(value)))
        return {
          field: `stones.${index}.${field}`,
          message: `${field} of ${stone.name} must be a whole number from 0 on; it is ${String(value)}.`,
        };
  return undefined;
}
