import { refuse, type Refusal } from '../refusal.ts';
import { isOpen, type Run, type RunPause } from './run.ts';

/** How a run on a machine without an agent ended, as its operator logs it. */
export interface HandEnd {
  outcome: 'finished' | 'failed';
  /** Good pieces of a failed run; a finished one has made them all. */
  made?: number | undefined;
  /** Why it failed. */
  reason?: string | undefined;
  grams?: number | undefined;
  sheets?: number | undefined;
}

/** An instant that somebody logs afterwards: not to come, and not before what was logged last (both ISO 8601 UTC). */
function logged(at: string, now: string, last?: string): Refusal | undefined {
  if (at > now) return refuse('invalid', 'That is still to come. Log it when it has happened.', 'at');
  if (last !== undefined && at < last)
    return refuse('invalid', `That was before ${last}, which was logged last for this run.`, 'at');
  return undefined;
}

const lastOf = ({ startedAt, pauses = [] }: Run): string | undefined => {
  const pause = pauses.at(-1);
  return pause?.to ?? pause?.from ?? startedAt;
};

/** Work at the counter may begin before its job is entered, but not for long. */
const enteredLateMs = 7 * 86_400_000;

/** The run as its operator began it at `at`; `now` is when they say so, `opened` when its job was opened. */
export function beginByHand(
  run: Omit<Run, 'state'> & Required<Pick<Run, 'operator'>>,
  at: string,
  now: string,
  opened: string,
): Run | Refusal {
  // A mistyped year would count as machine time and teach every later estimate.
  if (Date.parse(at) < Date.parse(opened) - enteredLateMs)
    return refuse('invalid', 'That was more than a week before the job was opened.', 'at');
  return logged(at, now) ?? { ...run, state: 'printing', startedAt: at };
}

const byHand = (run: Run, state: 'printing' | 'paused'): Refusal | undefined => {
  if (!run.operator)
    return refuse('not_allowed_now', 'The agent of its machine reports this run. There is nothing to log.');
  if (!isOpen(run)) return refuse('not_allowed_now', 'This run is over.');
  if (run.state !== state)
    return refuse(
      'not_allowed_now',
      `This run is ${run.state === 'paused' ? 'paused already' : 'not paused'}.`,
    );
  return undefined;
};

export function pauseByHand(run: Run, at: string, now: string): Run | Refusal {
  const refusal = byHand(run, 'printing') ?? logged(at, now, lastOf(run));
  return refusal ?? { ...run, state: 'paused', pauses: [...(run.pauses ?? []), { from: at }] };
}

export function continueByHand(run: Run, at: string, now: string): Run | Refusal {
  const refusal = byHand(run, 'paused') ?? logged(at, now, lastOf(run));
  return refusal ?? { ...run, state: 'printing', pauses: ended(run.pauses, at) };
}

const ended = (pauses: readonly RunPause[] = [], at: string): RunPause[] =>
  pauses.map((pause) => (pause.to === undefined ? { ...pause, to: at } : pause));

/**
 * The run is over, paused or not. Its machine time is the time between start and end without the pauses (CO-43).
 * @returns the run and how many good pieces it made
 */
export function endByHand(
  run: Run,
  { outcome, made, reason, grams, sheets }: HandEnd,
  at: string,
  now: string,
): { run: Run; made: number } | Refusal {
  const refusal = byHand(run, run.state === 'paused' ? 'paused' : 'printing') ?? logged(at, now, lastOf(run));
  if (refusal) return refusal;
  const fault = outcome === 'finished' ? wholeFault(run, made) : partFault(run, made, reason);
  if (fault) return fault;
  const pauses = ended(run.pauses, at);
  return {
    run: {
      ...run,
      state: outcome,
      endedAt: at,
      actualSeconds: secondsOf(run.startedAt ?? at, at, pauses),
      ...(pauses.length > 0 ? { pauses } : {}),
      ...(grams === undefined ? {} : { actualGrams: grams }),
      ...(sheets === undefined ? {} : { actualSheets: sheets }),
      ...(reason === undefined ? {} : { reason }),
    },
    made: outcome === 'finished' ? run.quantity : (made ?? 0),
  };
}

const wholeFault = ({ quantity }: Run, made: number | undefined): Refusal | undefined =>
  made === undefined || made === quantity
    ? undefined
    : refuse(
        'invalid',
        `A finished run has made all ${quantity}. Log it as failed, with what is good.`,
        'made',
      );

function partFault({ quantity }: Run, made = 0, reason = ''): Refusal | undefined {
  if (reason.trim() === '') return refuse('invalid', 'Say what went wrong.', 'reason');
  return Number.isSafeInteger(made) && made >= 0 && made < quantity
    ? undefined
    : refuse('invalid', `Of a failed run of ${quantity}, 0 to ${quantity - 1} pieces are good.`, 'made');
}

const between = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

const secondsOf = (from: string, to: string, pauses: readonly RunPause[]): number =>
  pauses.reduce((rest, pause) => rest - between(pause.from, pause.to ?? to), between(from, to));
