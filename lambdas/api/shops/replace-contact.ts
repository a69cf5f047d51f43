import * as routes from '#contract/routes/customers.ts';
import { editContact } from '#domain/customer/edit-contact.ts';
import { isRefusal } from '#domain/refusal.ts';
import { commit, ConflictError } from '../../adapters/dynamo/commit.ts';
import { replaceCustomer } from '../../adapters/dynamo/repositories/customers.ts';
import { actorOf } from '../../http/caller.ts';
import { ApiError, refused } from '../../http/problem.ts';
import { implement } from '../../http/stack.ts';
import { inShop } from '../access.ts';
import { renderCustomer, visibleCustomer } from './visible-customer.ts';

export const replaceContact = implement(
  routes.replaceContact,
  async ({ caller: who, params, body, ifMatch }) => {
    const { caller, t } = inShop(who);
    const before = await visibleCustomer(t, caller, params.customerId);
    if (caller.kind === 'staff' && caller.visitId !== undefined && body.email !== before.email)
      throw new ApiError('wrong_role', 'Who signs in by another address is for the shop to say.', 'email');
    const after = editContact(before, body, ifMatch, actorOf(caller, before.name));
    if (isRefusal(after)) throw refused(after);
    try {
      await commit(t.client, replaceCustomer(t, before, after));
    } catch (error) {
      if (error instanceof ConflictError && error.names.includes('customerAddress'))
        throw new ApiError('taken', 'Another customer of the shop has this address.', 'email');
      throw error;
    }
    return renderCustomer(t, caller, params.customerId);
  },
);
