/** One go of one machine at one part. */
export const runStates = ['requested', 'printing', 'unknown', 'finished', 'failed', 'canceled'] as const;
export type RunState = (typeof runStates)[number];

export interface Run {
  id: string;
  jobId: string;
  partId: string;
  machineId: string;
  quantity: number;
  state: RunState;
  requestedAt: string;
  /** What the estimate said, seconds. */
  estimatedSeconds: number;
  startedAt?: string;
  endedAt?: string;
  /** Measured by the machine, seconds. */
  actualSeconds?: number;
  actualGrams?: number;
  reason?: string;
}

export const isOpen = (run: Pick<Run, 'state'>): boolean =>
  !['finished', 'failed', 'canceled'].includes(run.state);

/** What an agent states as having happened; survives on its disk until acknowledged. */
export type RunFact =
  | { kind: 'started'; runId: string; at: string }
  | { kind: 'finished'; runId: string; at: string; seconds: number; grams: number }
  | { kind: 'failed'; runId: string; at: string; reason: string }
  | { kind: 'canceled'; runId: string; at: string; reason: string };

/** The run after a fact, or undefined when the fact is old news (repeated or overtaken). */
export function applyFact(run: Run, fact: RunFact): Run | undefined {
  if (!isOpen(run)) return undefined;
  switch (fact.kind) {
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

/** Contact to the machine was lost or is back. Never ends a run: only the printer's own history does. */
export function withContact(run: Run, contact: 'lost' | 'back'): Run | undefined {
  if (contact === 'lost')
    return run.state === 'printing' || run.state === 'requested' ? { ...run, state: 'unknown' } : undefined;
  return run.state === 'unknown' ? { ...run, state: run.startedAt ? 'printing' : 'requested' } : undefined;
}
