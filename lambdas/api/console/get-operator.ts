import * as routes from '#contract/routes/console.ts';
import { implement } from '../../http/stack.ts';
import { asOperator } from './access.ts';

export const getOperator = implement(routes.getOperator, async ({ caller }) => {
  const { personId, email, name } = asOperator(caller);
  return { personId, email, name };
});
