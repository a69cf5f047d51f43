import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const finishProduction = implement(routes.finishProduction, (request) =>
  runCommand(request, () => ({ command: { name: 'finish' } })),
);
