/** One go of one machine at one part. */
export const runStates = [
  'requested',
  'printing',
  'paused',
  'unknown',
  'finished',
  'failed',
  'canceled',
] as const;
export type RunState = (typeof runStates)[number];

export interface Run {
  id: string;
  jobId: string;
  partId: string;
  machineId: string;
  quantity: number;
  state: RunState;
  requestedAt: string;
  /** What the estimate said, corrected by earlier runs, seconds. */
  estimatedSeconds: number;
  /** What it said before that correction, of which material: the run is learned from. Runs of files without an estimate have none. */
  uncorrected?: { materialId: string; seconds: number; grams: number };
  startedAt?: string;
  endedAt?: string;
  /** Measured by the machine, or by the operator's log without its pauses, seconds. */
  actualSeconds?: number;
  actualGrams?: number;
  /** Sheets or blanks used, as the operator counted them. */
  actualSheets?: number;
  /** Who works the machine, where no agent does; such a run is logged by hand. */
  operator?: { personId: string; name: string };
  /** Of a run logged by hand; the last one is open while the run is paused. */
  pauses?: RunPause[];
  reason?: string;
  /** Canceled because no agent took it in time: should one have taken it after all, the run goes on. */
  voided?: boolean;
}

export interface RunPause {
  from: string;
  to?: string;
}

export const isOpen = (run: Pick<Run, 'state'>): boolean =>
  !['finished', 'failed', 'canceled'].includes(run.state);

/** What an agent states as having happened; survives on its disk until acknowledged. */
export type RunFact =
  | { kind: 'started'; runId: string; at: string }
  | { kind: 'finished'; runId: string; at: string; seconds: number; grams: number }
  | { kind: 'failed'; runId: string; at: string; reason: string }
  | { kind: 'canceled'; runId: string; at: string; reason: string };

/** What happens to a run besides: its command was given up, or was taken after all. */
export type RunChange =
  | RunFact
  | { kind: 'voided'; runId: string; at: string; reason: string }
  | { kind: 'taken_late'; runId: string; at: string };

/** Events of a job about runs that no command of the job makes. */
export const runEventTypes = ['run.taken_late', 'run.paused', 'run.continued'] as const;

const revives: readonly RunChange['kind'][] = ['taken_late', 'started', 'finished'];

/** The run after a fact, or undefined when the fact is old news (repeated or overtaken). */
export function applyFact(before: Run, fact: RunChange): Run | undefined {
  if (!isOpen(before) && !(before.voided && revives.includes(fact.kind))) return undefined;
  const run = before.voided ? withoutEnd(before) : before;
  switch (fact.kind) {
    case 'taken_late':
      return before.voided ? { ...run, state: 'unknown' } : undefined;
    case 'voided':
      return { ...run, state: 'canceled', endedAt: fact.at, reason: fact.reason, voided: true };
    case 'started':
      return run.state === 'printing'
        ? undefined
        : { ...run, state: 'printing', startedAt: run.startedAt ?? fact.at };
    case 'finished':
      return {
        ...run,
        state: 'finished',
        startedAt: run.startedAt ?? fact.at,
        endedAt: fact.at,
        actualSeconds: fact.seconds,
        actualGrams: fact.grams,
      };
    case 'failed':
    case 'canceled':
      return { ...run, state: fact.kind, endedAt: fact.at, reason: fact.reason };
  }
}

function withoutEnd(run: Run): Run {
  const { endedAt: _, reason: __, voided: ___, ...rest } = run;
  return rest;
}

/** Contact to the machine was lost or is back. Never ends a run: only the printer's own history does. */
export function withContact(run: Run, contact: 'lost' | 'back'): Run | undefined {
  if (contact === 'lost')
    return run.state === 'printing' || run.state === 'requested' ? { ...run, state: 'unknown' } : undefined;
  return run.state === 'unknown' ? { ...run, state: run.startedAt ? 'printing' : 'requested' } : undefined;
}
