import * as routes from '#contract/routes/money.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { renderAccount } from './account-view.ts';

export const getAccount = implement(routes.getAccount, ({ caller: who, params }) => {
  const { caller, t } = inShop(who);
  return renderAccount(t, caller, params.jobId);
});
