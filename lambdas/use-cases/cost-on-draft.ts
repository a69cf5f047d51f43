import { noEdits } from '#domain/quote/quote-edits.ts';
import type { Job } from '#domain/job/job.ts';
import type { Write } from '../adapters/dynamo/commit.ts';
import { loadQuoteDraft, putQuoteDraft } from '../adapters/dynamo/repositories/jobs.ts';
import { loadPriceBook } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

/** The line of a quote draft that stands for the vendor's work. */
const vendorLine = 'vendor-work';

/**
 * The quote draft with the vendor's price as the cost of a line of its own. A new line is offered at cost and the book's markup; a
 * line that somebody has priced keeps its price.
 */
export async function costOnDraft(
  t: Tenant,
  job: Pick<Job, 'id' | 'title' | 'vendor'>,
  costMinor: number,
  now: string,
): Promise<Write[]> {
  const [draft, { markupPercent }] = await Promise.all([loadQuoteDraft(t, job.id), loadPriceBook(t)]);
  const edits = draft?.edits ?? noEdits;
  const name = job.vendor?.name ?? 'The vendor';
  const before = edits.extras.find(({ id }) => id === vendorLine);
  const line = {
    id: vendorLine,
    label: job.title,
    quantity: 1,
    unitMinor: Math.round((costMinor * (100 + markupPercent)) / 100),
    ...before,
    costMinor,
    reason: `${name}’s price`,
  };
  const extras = [...edits.extras.filter(({ id }) => id !== vendorLine), line];
  return [
    putQuoteDraft(t, {
      jobId: job.id,
      version: (draft?.version ?? 0) + 1,
      edits: { ...edits, extras },
      savedAt: now,
      savedBy: name,
    }),
  ];
}
