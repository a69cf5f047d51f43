import * as routes from '#contract/routes/lifecycle.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const undoStep = implement(routes.undoStep, (request) =>
  runCommand(request, () => ({ command: { name: 'undo' } })),
);
