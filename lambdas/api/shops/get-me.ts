import * as routes from '#contract/routes/shops.ts';
import { memberships } from '../../adapters/dynamo/directory.ts';
import { ApiError } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';

export const getMe = implement(routes.getMe, async ({ caller }) => {
  if (!('personId' in caller)) throw new ApiError('unauthenticated', 'Sign in first.');
  const shops = await memberships.list(caller.personId);
  return {
    personId: caller.personId,
    email: caller.email,
    shops: shops.map(({ shopId, name, slug, role }) => ({ shopId, name, slug, role })),
  };
});
