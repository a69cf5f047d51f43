import * as routes from '#contract/routes/account.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { supportEntries } from '../support-entries.ts';

export const listSupportEntries = implement(routes.listSupportEntries, async ({ caller }) => ({
  entries: await supportEntries(inShop(caller).t),
}));
