import * as routes from '#contract/routes/mail.ts';
import { allTroubles } from '../../adapters/dynamo/repositories/mail-troubles.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { troubleView } from './mail-view.ts';

export const listMailTroubles = implement(routes.listMailTroubles, async ({ caller }) => {
  const { t } = inShop(caller);
  return { troubles: (await allTroubles(t)).map(troubleView) };
});
