import { join } from 'node:path';
import * as z from 'zod';
import { readJson, writeWhole } from '../disk.ts';
import { CannotStart, type Driver } from './driver.ts';
import {
  decidePrint,
  isOver,
  pastPrint,
  telemetry,
  type SimulatedPrint,
  type Simulation,
} from './simulated-print.ts';

/** Prints a printer remembers. */
const remembered = 50;

const printerFile = z.object({
  prints: z.array(
    z.object({
      runId: z.string(),
      name: z.string(),
      startedAt: z.number(),
      endsAfterMilliseconds: z.number(),
      durationMilliseconds: z.number(),
      layers: z.int(),
      seconds: z.number(),
      grams: z.number(),
      failure: z.string().exactOptional(),
    }),
  ),
});

/**
 * A farm of printers that exist as files, `<dir>/<machineId>.json`. Each goes by the wall clock alone, so it prints on
 * while the agent is dead, as hardware does.
 */
export function simulatedDriver(dir: string, simulation: Simulation): Driver {
  const memory = new Map<string, SimulatedPrint[]>();
  const pathOf = (machineId: string) => join(dir, `${machineId}.json`);
  const printsOf = (machineId: string): SimulatedPrint[] => {
    const known = memory.get(machineId) ?? readJson(pathOf(machineId), printerFile)?.prints ?? [];
    memory.set(machineId, known);
    return known;
  };
  return {
    snapshot: async (machineId) => telemetry(machineId, printsOf(machineId).at(-1), Date.now()),
    history: async (machineId) => printsOf(machineId).map((print) => pastPrint(print, Date.now())),
    async start(job) {
      const prints = printsOf(job.machineId);
      if (prints.some(({ runId }) => runId === job.runId)) return;
      const current = prints.at(-1);
      if (current && !isOver(current, Date.now()))
        throw new CannotStart(
          `The printer is busy with ${current.name}. Wait for it, then start the run again.`,
        );
      const after = [...prints, decidePrint(job, Date.now(), simulation)].slice(-remembered);
      writeWhole(pathOf(job.machineId), JSON.stringify({ prints: after }));
      memory.set(job.machineId, after);
    },
  };
}
