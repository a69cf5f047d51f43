import * as routes from '#contract/routes/documents.ts';
import { loadLetterhead } from '../../adapters/dynamo/repositories/documents.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { letterheadView } from './letterhead-view.ts';

export const getLetterhead = implement(routes.getLetterhead, async ({ caller }) => {
  const { t } = inShop(caller);
  return letterheadView(t, await loadLetterhead(t));
});
