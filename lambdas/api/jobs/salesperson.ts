import type { WorkflowTemplate } from '#domain/job/template.ts';
import type { Shop } from '#domain/shop/shop.ts';
import { memberships } from '../../adapters/dynamo/directory.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { ApiError } from '../../http/problem.ts';

interface Salesperson {
  personId: string;
  name: string;
  email?: string;
}

/**
 * Who sees a new job through: the member named, else the caller, else (a customer's request) the shop's founder. Templates
 * that ask for nobody get one only when one is named.
 */
export async function salespersonOf(
  caller: ShopCaller,
  shop: Shop,
  { needsPromise }: WorkflowTemplate,
  wished: string | undefined,
): Promise<Salesperson | undefined> {
  if (caller.kind !== 'staff') return needsPromise ? shop.founder : undefined;
  if (wished !== undefined) return memberOf(caller, shop, wished);
  if (!needsPromise) return undefined;
  // Support sees no job through: it is gone in a quarter of an hour.
  if (caller.visitId !== undefined) return shop.founder;
  return { personId: caller.personId, name: caller.name, email: caller.email };
}

/** A member of the shop by their id. @throws ApiError invalid_request */
export async function memberOf(caller: ShopCaller, shop: Shop, personId: string): Promise<Salesperson> {
  if (caller.kind === 'staff' && caller.visitId === undefined && personId === caller.personId)
    return { personId, name: caller.name, email: caller.email };
  const member = await memberships.find(personId, shop.id);
  if (!member) throw new ApiError('invalid_request', 'Choose a member of the shop.', 'salespersonId');
  return { personId, name: member.personName };
}
