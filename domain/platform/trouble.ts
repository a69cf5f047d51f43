/** What a function could not do for an event or a job, however often. */
export interface TroubleReport {
  /** `<function>.<id of the event, or of the job>`. */
  id: string;
  shopId: string;
  jobId: string;
  what: string;
  error: string;
  attempts: number;
  firstAt: string;
  lastAt: string;
}

/** Times a function is asked before its event goes to its queue of failures. */
export const attemptsOfReactor = 3;
/** Lambda repeats after one and after two more minutes: what failed longer ago and less often has got over it. */
const repeatsWithinMs = 10 * 60_000;

/** Whether nothing but a person's try moves it any more. What jobs' workflows report is repeated by the workflow itself. */
export const isGivenUp = ({ id, attempts }: TroubleReport): boolean =>
  subjectOf(id).startsWith('evt_') && comesBack(attempts);

/** Too often for a slip. */
export const comesBack = (attempts: number): boolean => attempts >= attemptsOfReactor;

/** A workflow that was repaired or failed a step so long ago, and not often, has got over it as well. */
export const workflowsRestMs = 3_600_000;

/** Whether it deserves a look: given up, coming back again and again, or failing just now. */
export function deservesLook(report: TroubleReport, now: string): boolean {
  const rests = subjectOf(report.id).startsWith('evt_') ? repeatsWithinMs : workflowsRestMs;
  return comesBack(report.attempts) || Date.parse(now) - Date.parse(report.lastAt) < rests;
}

/** The event or job that a trouble is about. */
export const subjectOf = (id: string): string => id.slice(id.indexOf('.') + 1);
