import * as routes from '#contract/routes/mail.ts';
import { allTroubles, removeTrouble } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { troubleView } from './mail-view.ts';

export const clearMailTrouble = implement(routes.clearMailTrouble, async ({ caller, body }) => {
  const { t } = inShop(caller);
  await removeTrouble(t, body.email);
  return { troubles: (await allTroubles(t)).map(troubleView) };
});
