import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const startQuoting = implement(routes.startQuoting, (request) =>
  runCommand(request, () => ({ command: { name: 'start_quoting' } })),
);
