import { refuse, type Refusal } from '../refusal.ts';
import type { Job, Part } from './job.ts';

/** DynamoDB writes a job and its parts in one transaction of at most 100 items. */
export const maximumParts = 40;

const whileDraft = (job: Job): Refusal | undefined =>
  job.status === 'draft'
    ? undefined
    : refuse('not_allowed_now', 'Parts can be changed while the request is a draft.');

/** Adds a line to a draft. The price book's ids are checked where the price book is known. */
export function addPart(job: Job, parts: readonly Part[], part: Part): Part | Refusal {
  const refusal = whileDraft(job);
  if (refusal) return refusal;
  if (parts.length >= maximumParts)
    return refuse('not_ready', `A job holds at most ${maximumParts} parts.`, 'parts');
  if (!Number.isSafeInteger(part.wanted) || part.wanted < 1 || part.wanted > 10_000)
    return refuse('invalid', 'Choose 1 to 10,000 pieces.', 'quantity');
  return part;
}

/** Takes a line off a draft; undefined when it has no such line. */
export const removePart = (job: Job, parts: readonly Part[], partId: string): Part | Refusal | undefined =>
  whileDraft(job) ?? parts.find((part) => part.id === partId);
