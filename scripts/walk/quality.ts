import type { Call } from '#contract/client.ts';
import type { BodyInputOf } from '#contract/route.ts';
import { getJob, passCheck } from '#contract/routes/jobs.ts';
import { listChecklists, recordInspection, type ChecklistView } from '#contract/routes/quality.ts';
import type { JobView } from '#contract/views/job.ts';

/** A look at which nothing is wrong. */
export const fullMarks = ({ id, version, items }: ChecklistView): BodyInputOf<typeof recordInspection> => ({
  checklistId: id,
  checklistVersion: version,
  items: items.map((item) =>
    item.tolerance
      ? { itemId: item.id, nominal: 20, measured: 20 }
      : { itemId: item.id, result: 'pass' as const },
  ),
});

/** Inspects the job by every list that its parts need; nothing is wrong. */
export async function inspect(maker: Call, jobId: string): Promise<void> {
  const params = { jobId };
  const [{ parts }, { checklists }] = [await maker(getJob, { params }), await maker(listChecklists, {})];
  const needed = checklists.filter(({ id }) => parts.some((part) => part.process === id));
  for (const list of needed) await maker(recordInspection, { params, body: fullMarks(list) });
}

/** Inspects the job and passes its check. */
export async function inspectAndPass(maker: Call, jobId: string): Promise<JobView> {
  await inspect(maker, jobId);
  return maker(passCheck, { params: { jobId }, body: {} });
}
