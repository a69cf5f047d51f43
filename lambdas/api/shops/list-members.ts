import * as routes from '#contract/routes/shops.ts';
import { memberships } from '../../adapters/dynamo/directory.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';

export const listMembers = implement(routes.listMembers, async ({ caller }) => {
  const members = await memberships.listOf(inShop(caller).t.shopId);
  return {
    members: members
      .map(({ personId, personName, role }) => ({ personId, name: personName, role }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
});
