import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { renderJob } from './job-view.ts';

export const getJob = implement(routes.getJob, ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  return renderJob(t, caller, params.jobId);
});
