import type { Actor } from '../actor.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { JobCommandName } from './commands.ts';
import type { Decision } from './decide.ts';
import type { Job, LastStep, Status } from './job.ts';
import type { WorkflowTemplate } from './template.ts';

/** How long a step can be taken back, seconds of business time. */
export const undoSeconds = 15;
/** An undo that was accepted in its last moment may still be on its way to the table. */
const graceSeconds = 3;

/** Steps that only move the job: nothing was made, numbered, printed or paid by them. */
const undoable: readonly JobCommandName[] = [
  'submit',
  'start_quoting',
  'send_quote',
  'withdraw_quote',
  'ask_vendor',
  'recall',
  'ask_payment',
  'release',
  'finish',
  'pass_check',
  'ready',
  'ship',
  'hand_over',
  'confirm_delivery',
  'hold',
  'resume',
  'cancel',
  'change',
];

/** Differ after every step. */
const always: readonly (keyof Job)[] = ['version', 'visit', 'updatedAt', 'undo'];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const after = (instant: string, seconds: number): string =>
  new Date(Date.parse(instant) + seconds * 1000).toISOString();

/** When the mails of a step that can be undone go out. */
export const mailsLeaveAt = (undoUntil: string): string => after(undoUntil, graceSeconds);

/**
 * How a step is taken back: by the same person, within 15 seconds, as long as nothing else happens to the job. Undefined when it
 * can not be: pieces changed, an invoice got its number by it, the customer agreed by it, money goes back by it.
 */
export function lastStepOf(
  before: Job,
  { job, parts, event }: Decision,
  command: JobCommandName,
  template: WorkflowTemplate,
  actor: Actor,
  eventId: string,
): LastStep | undefined {
  if (actor.kind !== 'staff' || !event.transition || parts.length > 0) return undefined;
  if (!undoable.includes(command) || job.status === template.invoicedOn) return undefined;
  if (job.agreedAt !== before.agreedAt || job.returning !== undefined) return undefined;
  const fields = [...new Set([...Object.keys(before), ...Object.keys(job)])] as (keyof Job)[];
  const changed = fields.filter((field) => !always.includes(field) && !same(before[field], job[field]));
  const kept = changed.filter((field) => before[field] !== undefined);
  return {
    eventId,
    personId: actor.personId,
    until: after(job.updatedAt, undoSeconds),
    version: job.version,
    before: Object.fromEntries(kept.map((field) => [field, before[field]])),
    absent: changed.filter((field) => before[field] === undefined),
  };
}

/** Whether this person could take the job's last step back now. */
export const mayUndo = ({ undo, version }: Job, actor: Actor, now: string): boolean =>
  undo !== undefined &&
  undo.version === version &&
  actor.kind === 'staff' &&
  undo.personId === actor.personId &&
  now <= undo.until;

/** A version that the step sent stays counted, but holds no more. */
function quoteAfterUndo({ quote }: Job, undo: LastStep): Pick<Job, 'quote'> {
  const changed = undo.before.quote !== undefined || undo.absent.includes('quote');
  const sent = changed && quote?.state === 'sent' && undo.before.quote?.version !== quote.version;
  return sent ? { quote: { ...quote, state: 'superseded' } } : {};
}

/** Takes the last step back. @param now ISO 8601 UTC */
export function undoLastStep(job: Job, actor: Actor, now: string): Decision | Refusal {
  const { undo, status } = job;
  if (actor.kind !== 'staff') return refuse('not_yours_to_do', 'Only the shop takes its steps back.');
  if (!undo || undo.version !== job.version)
    return refuse('not_allowed_now', 'There is no last step that could be taken back.');
  if (undo.personId !== actor.personId)
    return refuse('not_yours_to_do', 'Only who took the step can take it back.');
  if (now > undo.until)
    return refuse(
      'expired',
      `A step can be taken back for ${undoSeconds} seconds. Change the status instead.`,
    );
  const quoteNow = quoteAfterUndo(job, undo);
  const gone = new Set<string>([...undo.absent, 'undo']);
  const kept = Object.fromEntries(Object.entries(job).filter(([field]) => !gone.has(field)));
  const back = { ...kept, ...undo.before, ...quoteNow } as Job;
  const to: Status = back.status;
  const restored: Job = { ...back, version: job.version + 1, visit: job.visit + 1, updatedAt: now };
  return {
    job: restored,
    parts: [],
    event: {
      type: 'job.undone',
      transition: { from: status, to, visit: restored.visit },
      data: { undoes: undo.eventId },
    },
  };
}
