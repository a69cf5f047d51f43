import { endedStatuses } from '#domain/job/job.ts';
import { loadJob, type LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import { tenant, type Tenant } from '../../adapters/dynamo/tenant.ts';
import type { Caller } from '../../http/caller.ts';
import { ApiError, notFound } from '../../http/problem.ts';

/** What a mailed link still opens: the one job it names, as long as its vendor is the one who was asked. @throws ApiError not_found, expired */
export async function openRequest(
  who: Caller,
  jobId: string,
): Promise<{ t: Tenant; loaded: LoadedJob; vendorName: string }> {
  if (who.kind !== 'vendor' || who.jobId !== jobId || who.requestId === undefined) throw notFound();
  const t = tenant(who.shopId);
  const loaded = await loadJob(t, jobId);
  if (!loaded) throw notFound();
  const { vendor, status } = loaded.job;
  const canceled = endedStatuses.includes(status) && status !== 'completed';
  if (vendor?.requestId !== who.requestId || canceled)
    throw new ApiError(
      'expired',
      'This request is closed: it was answered with no, taken back, or given to somebody else. Nothing is expected of you.',
    );
  return { t, loaded, vendorName: vendor.name };
}
