import * as routes from '#contract/routes/mail.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { loadTrouble, removeTrouble } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { notFound } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const clearMailTrouble = implement(routes.clearMailTrouble, async ({ caller, body }) => {
  const { t } = inShop(caller);
  if (!(await loadTrouble(t, body.email))) throw notFound();
  await commit(t.client, [removeTrouble(t, body.email)]);
  return undefined;
});
