import * as routes from '#contract/routes/quality.ts';
import { loadChecklists } from '../../adapters/dynamo/repositories/quality.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const listChecklists = implement(routes.listChecklists, async ({ caller }) => {
  const { t } = inShop(caller);
  return { checklists: await loadChecklists(t) };
});
