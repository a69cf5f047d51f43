import type { JobCommand } from './commands.ts';
import { good, type Status } from './job.ts';
import { moneyIsThere } from './rules/payment.ts';
import type { JobState } from './state.ts';

/** Where a job with all its pieces in hand has nothing to wait for; a reopened one may have them before any run. */
const makingStatuses: readonly Status[] = ['ready_to_make', 'in_production', 'rework'];

/** The step the workflow takes by itself in the job's status, when its condition is met. */
export function automaticCommand(state: JobState): JobCommand | undefined {
  const { job, template, parts, openRuns } = state;
  const offers = (name: JobCommand['name']) =>
    template.arrows[job.status]?.some(({ command }) => command === name) ?? false;
  if (offers('paid') && moneyIsThere(state)) return { name: 'paid' };
  if (
    makingStatuses.includes(job.status) &&
    offers('finish') &&
    openRuns.length === 0 &&
    parts.length > 0 &&
    parts.every((part) => good(part) >= part.wanted)
  )
    return { name: 'finish' };
  return undefined;
}
