import { createHash } from 'node:crypto';
import type { MachineSnapshot } from '#contract/mqtt.ts';
import type { PastPrint, PrintJob } from './driver.ts';

/** What the simulated printer decided when a print began; all its behaviour follows from this and the time. */
export interface SimulatedPrint {
  runId: string;
  name: string;
  /** Milliseconds of this computer's clock. */
  startedAt: number;
  /** Until it ends, finished or failed. */
  endsAfterMilliseconds: number;
  /** Until it would finish. */
  durationMilliseconds: number;
  layers: number;
  /** Machine time and material that a finished print stands for. */
  seconds: number;
  grams: number;
  failure?: string;
}

export interface Simulation {
  /** Estimated seconds that pass in one second. */
  speed: number;
  /** 0..1 of the prints fail. */
  failRate: number;
}

const shortestMilliseconds = 1500;
const heatingShare = 0.12;
const longestHeatingMilliseconds = 180_000;
const coolingShare = 0.25;
const ambientC = 25;
const nozzleTarget = 215;
const bedTarget = 60;
const failures = [
  'The nozzle clogged.',
  'The part came off the bed.',
  'The filament ran out.',
  'A layer shifted.',
];

/** 0..1, always the same for a run and a purpose. */
function chance(runId: string, purpose: string): number {
  return createHash('sha256').update(`${purpose} ${runId}`).digest().readUInt32BE(0) / 2 ** 32;
}

const rounded = (value: number, places: number) => Number(value.toFixed(places));

/** Decides how a print will go. Deterministic but for the time it starts at. */
export function decidePrint(
  job: PrintJob,
  startedAt: number,
  { speed, failRate }: Simulation,
): SimulatedPrint {
  const durationMilliseconds = Math.max(shortestMilliseconds, (job.estimatedSeconds / speed) * 1000);
  const fails = chance(job.runId, 'fails') < failRate;
  const share = fails ? 0.25 + 0.6 * chance(job.runId, 'when') : 1;
  const failure = failures[Math.floor(chance(job.runId, 'why') * failures.length)];
  return {
    runId: job.runId,
    name: job.name,
    startedAt,
    durationMilliseconds,
    endsAfterMilliseconds: durationMilliseconds * share,
    layers: Math.min(600, Math.max(20, Math.round(job.estimatedSeconds / 45))),
    seconds: rounded(job.estimatedSeconds * (0.93 + 0.15 * chance(job.runId, 'seconds')), 0),
    grams: rounded(job.estimatedGrams * (0.93 + 0.15 * chance(job.runId, 'grams')), 2),
    ...(fails && failure !== undefined ? { failure } : {}),
  };
}

export const isOver = (print: SimulatedPrint, now: number): boolean =>
  now - print.startedAt >= print.endsAfterMilliseconds;

export function pastPrint(print: SimulatedPrint, now: number): PastPrint {
  const { runId, startedAt, seconds, grams, failure } = print;
  if (!isOver(print, now)) return { runId, startedAt };
  const at = Math.round(startedAt + print.endsAfterMilliseconds);
  return failure === undefined
    ? { runId, startedAt, end: { kind: 'finished', at, seconds, grams } }
    : { runId, startedAt, end: { kind: 'failed', at, reason: failure } };
}

/** What the printer's display shows at an instant; without a print it is idle. */
export function telemetry(
  machineId: string,
  print: SimulatedPrint | undefined,
  now: number,
): MachineSnapshot {
  if (!print) return { machineId, state: 'idle', temperaturesC: temperatures(0, false, now) };
  const elapsed = Math.max(0, now - print.startedAt);
  const heating = Math.min(longestHeatingMilliseconds, print.durationMilliseconds * heatingShare);
  const progress = (milliseconds: number) =>
    Math.min(1, Math.max(0, (milliseconds - heating) / (print.durationMilliseconds - heating)));
  const reached = progress(Math.min(elapsed, print.endsAfterMilliseconds));
  const common = {
    machineId,
    runId: print.runId,
    percent: rounded(reached * 100, 1),
    layer: Math.floor(reached * print.layers),
    layers: print.layers,
  };
  if (isOver(print, now)) {
    const coolingFor = elapsed - print.endsAfterMilliseconds;
    const warmth = Math.exp(-coolingFor / (print.durationMilliseconds * coolingShare));
    const temperaturesC = temperatures(warmth, false, now);
    return print.failure === undefined
      ? { ...common, state: 'finished', etaSeconds: 0, temperaturesC }
      : { ...common, state: 'failed', error: print.failure, temperaturesC };
  }
  const etaSeconds = Math.round((print.durationMilliseconds - elapsed) / 1000);
  const warmth = Math.min(1, elapsed / heating);
  const state = elapsed < heating ? 'preparing' : 'printing';
  return { ...common, state, etaSeconds, temperaturesC: temperatures(warmth, true, now) };
}

/** @param warmth 0 = ambient, 1 = at the target */
function temperatures(
  warmth: number,
  on: boolean,
  now: number,
): NonNullable<MachineSnapshot['temperaturesC']> {
  const jitter = (amplitude: number, period: number) => amplitude * Math.sin(now / period) * warmth;
  return {
    nozzle: rounded(ambientC + (nozzleTarget - ambientC) * warmth + jitter(0.8, 1700), 1),
    nozzleTarget: on ? nozzleTarget : 0,
    bed: rounded(ambientC + (bedTarget - ambientC) * warmth + jitter(0.3, 2900), 1),
    bedTarget: on ? bedTarget : 0,
  };
}
