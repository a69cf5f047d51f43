import * as routes from '#contract/routes/jobs.ts';
import { inspectionsOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const passCheck = implement(routes.passCheck, (request) =>
  runCommand(request, async ({ job }, _now, t) => {
    const looks = (await inspectionsOfJob(t, job.id)).map(({ checklistId, outcome, reworkCycle, at }) => ({
      process: checklistId,
      outcome,
      reworkCycle,
      at,
    }));
    return { command: { name: 'pass_check', looks, ...request.body } };
  }),
);
