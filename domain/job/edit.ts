import type { Actor } from '../actor.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { isLive, type Job, type Part, type PartChoices } from './job.ts';

/** What is written to the log when an order is edited after it was asked for; a draft is edited silently. */
export const editEventTypes = ['job.edited', 'part.edited', 'file.repaired'] as const;

/** New words about a job; what is absent stays, null takes away. */
export interface JobEdit {
  title?: string | undefined;
  note?: string | null | undefined;
  /** The shop's own. */
  spec?: string | null | undefined;
  /** `YYYY-MM-DD` */
  wantedBy?: string | null | undefined;
  delivery?: Job['delivery'] | undefined;
}

/**
 * The job with its new words. Customers edit while it is a draft, the shop as long as it is live; how it leaves the shop is
 * settled once it is ready.
 * @param seenVersion the version of the job that the editor saw
 */
export function editJob(job: Job, edit: JobEdit, seenVersion: number, editor: Actor): Job | Refusal {
  const refusal = mayEdit(job, editor);
  if (refusal) return refusal;
  if (job.version !== seenVersion)
    return refuse(
      'stale',
      `You saw version ${seenVersion} of this job; it is at version ${job.version} by now. Look at it again and repeat your change.`,
      'If-Match',
    );
  if (edit.delivery !== undefined && edit.delivery !== job.delivery && job.status.startsWith('ready_for_'))
    return refuse('not_allowed_now', 'The order is ready: how it leaves the shop is settled.', 'delivery');
  if (edit.spec !== undefined && editor.kind !== 'staff')
    return refuse('not_yours_to_do', 'The specification is written by the shop.', 'spec');
  const { title = job.title, delivery = job.delivery, note = job.note, wantedBy = job.wantedBy } = edit;
  const { spec = job.spec } = edit;
  const { note: _, wantedBy: __, spec: ___, ...rest } = job;
  return {
    ...rest,
    title,
    delivery,
    ...(note === null || note === undefined || note === '' ? {} : { note }),
    ...(spec === null || spec === undefined || spec === '' ? {} : { spec }),
    ...(wantedBy === null || wantedBy === undefined ? {} : { wantedBy }),
  };
}

/** What changes on a line; what is absent stays. */
export interface PartEdit {
  name?: string | undefined;
  wanted?: number | undefined;
  /** Checked by the price book; they replace the old choices as a whole. */
  choices?: PartChoices | undefined;
}

/** The line as edited: of a draft by customers; by the shop until an offer is open or agreed. */
export function editPart(job: Job, part: Part, edit: PartEdit, editor: Actor): Part | Refusal {
  return mayEdit(job, editor) ?? offered(job) ?? withEdit(part, edit);
}

/** The line with its new words and choices, whoever asks. */
export function withEdit(part: Part, { name = part.name, wanted = part.wanted, choices }: PartEdit): Part {
  if (!choices) return { ...part, name, wanted };
  const { infillPercent: _, orientation: __, ...rest } = part;
  return { ...rest, name, wanted, ...choices };
}

function mayEdit(job: Job, editor: Actor): Refusal | undefined {
  if (editor.kind !== 'staff' && job.status !== 'draft')
    return refuse('not_allowed_now', 'The shop has your request now. Ask it for the change.');
  if (!isLive(job)) return refuse('not_allowed_now', 'The job has ended. Reopen it first.');
  return undefined;
}

function offered({ quote }: Job): Refusal | undefined {
  if (quote?.state === 'sent')
    return refuse('not_allowed_now', 'A quote for these parts is open. Take it back first.');
  if (quote?.state === 'approved')
    return refuse('not_allowed_now', 'These parts are agreed with the customer as they are.');
  return undefined;
}
