import * as routes from '#contract/routes/templates.ts';
import { loadTemplates } from '../../adapters/dynamo/repositories/templates.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { templateView } from './template-view.ts';

export const listTemplates = implement(routes.listTemplates, async ({ caller: who }) => {
  const { caller, t } = inShop(who);
  const audience = caller.kind === 'staff' ? 'shop' : 'customer';
  const templates = Object.values(await loadTemplates(t));
  return { templates: templates.map((each) => templateView(each, audience)) };
});
