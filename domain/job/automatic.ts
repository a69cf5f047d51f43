import { good, type JobCommand, type JobState, type Status } from './job.ts';

/** Where a job with all its pieces in hand has nothing to wait for; a reopened one may have them before any run. */
const makingStatuses: readonly Status[] = ['ready_to_make', 'in_production'];

/** The step the workflow takes by itself in the job's status, when its condition is met. */
export function automaticCommand({ job, parts, openRuns }: JobState): JobCommand | undefined {
  if (
    makingStatuses.includes(job.status) &&
    openRuns.length === 0 &&
    parts.length > 0 &&
    parts.every((part) => good(part) >= part.wanted)
  )
    return { name: 'finish' };
  return undefined;
}
