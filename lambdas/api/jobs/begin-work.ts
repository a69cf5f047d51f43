import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const beginWork = implement(routes.beginWork, (request) =>
  runCommand(request, () => ({ command: { name: 'begin_work', ...request.body } })),
);
