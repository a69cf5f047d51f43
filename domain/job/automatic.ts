import { good, type JobCommand, type JobState } from './job.ts';

/** The step the workflow takes by itself in the job's status, when its condition is met. */
export function automaticCommand({ job, parts, openRuns }: JobState): JobCommand | undefined {
  if (
    job.status === 'in_production' &&
    openRuns === 0 &&
    parts.length > 0 &&
    parts.every((part) => good(part) >= part.wanted)
  )
    return { name: 'finish' };
  return undefined;
}
