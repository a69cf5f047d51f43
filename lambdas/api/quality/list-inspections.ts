import * as routes from '#contract/routes/quality.ts';
import { inspectionsOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import { implement } from '../../http/stack.ts';
import { inShop, visibleJob } from '../access.ts';
import { inspectionView } from './inspection-view.ts';

export const listInspections = implement(routes.listInspections, async ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  const { job } = await visibleJob(t, caller, params.jobId);
  return { inspections: (await inspectionsOfJob(t, job.id)).map(inspectionView) };
});
