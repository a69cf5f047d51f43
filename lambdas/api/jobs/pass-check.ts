import * as routes from '#contract/routes/jobs.ts';
import { processes } from '#domain/process.ts';
import { inspectionsOfJob } from '../../adapters/dynamo/repositories/quality.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const passCheck = implement(routes.passCheck, (request) =>
  runCommand(request, async ({ job }, _now, t) => {
    // The list of the job's kind comes on top: what a check rests on is how the parts were made.
    const looks = (await inspectionsOfJob(t, job.id)).flatMap(({ checklistId, outcome, reworkCycle, at }) => {
      const process = processes.find((each) => each === checklistId);
      return process ? [{ process, outcome, reworkCycle, at }] : [];
    });
    return { command: { name: 'pass_check', looks, ...request.body } };
  }),
);
