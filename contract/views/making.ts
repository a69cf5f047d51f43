import * as z from 'zod';
import { figure } from '../figure.ts';
import { line } from '../text.ts';

const amount = figure.min(0).max(1e9);
const minor = z.int().min(0).max(1e12);
const count = z.int().min(0).max(100_000);

/** What making one piece takes, as plain numbers in the units of their names. */
export const making = z
  .discriminatedUnion('process', [
    z.object({ process: z.literal('fdm'), machineSeconds: amount, grams: amount }),
    z.object({
      process: z.literal('resin'),
      machineSeconds: amount,
      millilitres: amount,
      layers: count,
      washCureMinutes: amount,
    }),
    z.object({
      process: z.literal('powder'),
      machineSeconds: amount,
      grams: amount,
      refreshGrams: amount,
      chamberShare: figure.min(0).max(1),
    }),
    z.object({
      process: z.literal('laser'),
      machineSeconds: amount.exactOptional(),
      cutMm: amount,
      pierces: count,
      engravedMm2: amount,
      sheetShare: amount,
      handlingSeconds: amount,
    }),
    z.object({
      process: z.literal('cnc'),
      machineSeconds: amount.exactOptional(),
      stockGrams: amount,
      removedMm3: amount,
      setups: count,
      toolChanges: count,
    }),
    z.object({
      process: z.literal('casting'),
      machineSeconds: amount,
      metalGrams: amount,
      waxMillilitres: amount,
      waxMinorPerLitre: minor,
      stones: z.array(z.object({ name: line(80), count, minorEach: minor, settingMinorEach: minor })).max(40),
      hallmarkMinor: minor,
    }),
  ])
  .meta({ id: 'Making' });
