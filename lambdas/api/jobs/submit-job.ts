import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { customerNow } from '../../use-cases/customer-now.ts';
import { runCommand } from './run-command.ts';

export const submitJob = implement(routes.submitJob, (request) =>
  runCommand(request, async ({ job }, _, t) => ({
    command: { name: 'submit' },
    customer: await customerNow(t, job),
  })),
);
