import type { Run } from '../run/run.ts';
import type { FinishedRun } from './run-history.ts';

/** A finished run with its id and end. */
export interface RecordedRun extends FinishedRun {
  runId: string;
  endedAt: string;
}

/** The latest finished runs of one machine with one material. */
export interface RunRecord {
  machineId: string;
  materialId: string;
  /** Oldest first. */
  runs: readonly RecordedRun[];
  version: number;
}

/** What a machine did longer ago says less of it than what it does now. */
const mostKept = 20;

/** The record with a run that has finished; undefined when it tells nothing, or is in it. */
export function withFinishedRun(record: RunRecord, run: Run): RunRecord | undefined {
  const { id: runId, state, uncorrected, actualSeconds, actualGrams, endedAt } = run;
  if (state !== 'finished' || !uncorrected || !endedAt || actualSeconds === undefined) return undefined;
  if (record.runs.some((each) => each.runId === runId)) return undefined;
  const finished = {
    runId,
    endedAt,
    estimatedSeconds: uncorrected.seconds,
    actualSeconds,
    estimatedGrams: uncorrected.grams,
    ...(actualGrams !== undefined && { actualGrams }),
  };
  return { ...record, runs: [...record.runs, finished].slice(-mostKept), version: record.version + 1 };
}

/** The runs of several machines, oldest first. */
export const runsOf = (records: readonly RunRecord[]): FinishedRun[] =>
  records.flatMap(({ runs }) => runs).sort((a, b) => (a.endedAt < b.endedAt ? -1 : 1));
