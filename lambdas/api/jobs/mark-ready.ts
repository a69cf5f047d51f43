import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const markReady = implement(routes.markReady, (request) =>
  runCommand(request, () => ({ command: { name: 'ready' } })),
);
