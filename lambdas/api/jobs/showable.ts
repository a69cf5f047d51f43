import { photosOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import type { LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';

/** Ids of what a vendor can be shown of a job: its files and its photos. */
export async function showable(t: Tenant, { job, files }: LoadedJob): Promise<ReadonlySet<string>> {
  const photos = await photosOfJob(t, job.id);
  return new Set([...files, ...photos].map(({ id }) => id));
}
