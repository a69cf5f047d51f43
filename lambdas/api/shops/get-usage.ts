import * as routes from '#contract/routes/account.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { usageView } from '../usage-view.ts';

export const getUsage = implement(
  routes.getUsage,
  async ({ caller }) => (await usageView(inShop(caller).t)).usage,
);
