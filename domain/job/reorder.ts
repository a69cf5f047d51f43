import type { JobFile } from '../file/file.ts';
import { choosePart } from '../price/part-choices.ts';
import type { PriceBook } from '../price/price-book.ts';
import { isRefusal, refuse, type Refusal } from '../refusal.ts';
import type { Part } from './job.ts';
import type { JobState } from './state.ts';

/** One transaction holds a job with 40 lines, their files and these. */
const mostOtherFiles = 20;

/** What a new request begins with. */
export interface Reordered {
  files: JobFile[];
  /** Lines that can still be made as they were; the files of the others wait for a choice. */
  parts: Part[];
}

/**
 * The same order again: files with what their checks found, and lines by the price book of today. Refused for drafts and for
 * pieces that are not made of files.
 * @param newId a fresh id of its kind, for every file and line
 */
export function reorder(
  {
    job,
    template,
    parts,
    files,
  }: Pick<JobState, 'job' | 'template' | 'parts'> & { files: readonly JobFile[] },
  book: PriceBook,
  { jobId, newId, now }: { jobId: string; newId: (kind: 'file' | 'part') => string; now: string },
): Reordered | Refusal {
  if (job.status === 'draft')
    return refuse('not_allowed_now', 'This request has not been sent yet: change it instead.');
  if (!template.needsParts || parts.length === 0)
    return refuse('not_ready', 'This piece is made to measure. Ask for another one in a new request.');
  const ordered = files.filter(({ id }) => parts.some(({ fileId }) => fileId === id));
  const others = files
    .filter((file) => file.state === 'checked' && !ordered.includes(file))
    .slice(0, mostOtherFiles);
  const idOf = new Map([...ordered, ...others].map(({ id }) => [id, newId('file')]));
  return {
    files: [...ordered, ...others].map(({ repairedFrom, ...file }) => {
      const origin = repairedFrom === undefined ? undefined : idOf.get(repairedFrom);
      return {
        ...file,
        id: idOf.get(file.id) ?? file.id,
        jobId,
        ...(origin === undefined ? {} : { repairedFrom: origin }),
        createdAt: now,
      };
    }),
    parts: parts.flatMap((part) => {
      const fileId = idOf.get(part.fileId);
      const report = files.find(({ id }) => id === part.fileId)?.report;
      const choices = choosePart(book, report, part);
      if (fileId === undefined || isRefusal(choices)) return [];
      const { name, wanted } = part;
      return [{ id: newId('part'), fileId, name, ...choices, wanted, made: 0, scrapped: 0 }];
    }),
  };
}
