import * as routes from '#contract/routes/jobs.ts';
import { implement } from '../../http/stack.ts';
import { runCommand } from './run-command.ts';

export const confirmDelivery = implement(routes.confirmDelivery, (request) =>
  runCommand(request, () => ({ command: { name: 'confirm_delivery' } })),
);
