import * as routes from '#contract/routes/jobs.ts';
import { listJobs as findJobs } from '../../adapters/dynamo/repositories/jobs.ts';
import { keys, steadyUrl } from '../../adapters/s3/files.ts';
import { templatesToShow } from '../../adapters/dynamo/repositories/templates.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { strangeCursor } from '../page-cursor.ts';
import { jobSummary } from './job-view.ts';

export const listJobs = implement(routes.listJobs, async ({ caller: who, query }) => {
  const { caller, t } = inShop(who);
  const filter =
    caller.kind === 'staff'
      ? { status: query.status, customerId: query.customerId }
      : { customerId: caller.customerId };
  const found = findJobs(t, filter, query).catch(strangeCursor(query));
  const [{ jobs, cursor }, templates] = await Promise.all([found, templatesToShow(t)]);
  const rows = jobs.map(async (job) => {
    const summary = jobSummary(job, templates[job.template].template, caller);
    if (caller.kind !== 'staff' || job.pictureSha256 === undefined) return summary;
    return { ...summary, thumbnail: await steadyUrl(t.shopId, keys.thumbnail(t.shopId, job.pictureSha256)) };
  });
  return { jobs: await Promise.all(rows), ...(cursor ? { cursor } : {}) };
});
