import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const handOver = implement(routes.handOver, (request) =>
  runCommand(request, () => ({ command: { name: 'hand_over', ...request.body } })),
);
