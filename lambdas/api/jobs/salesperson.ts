import type { Job } from '#domain/job/job.ts';
import type { WorkflowTemplate } from '#domain/job/template.ts';
import type { Shop } from '#domain/shop/shop.ts';
import { memberships } from '../../adapters/dynamo/directory.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { ApiError } from '../../http/problem.ts';

/**
 * Who sees a new job through: the member named, else the caller, else (a customer's request) the shop's founder. Templates
 * that ask for nobody get one only when one is named.
 */
export async function salespersonOf(
  caller: ShopCaller,
  shop: Shop,
  { needsPromise }: WorkflowTemplate,
  wished: string | undefined,
): Promise<Job['salesperson']> {
  if (caller.kind !== 'staff') return needsPromise ? shop.founder : undefined;
  if (wished === undefined || wished === caller.personId)
    return needsPromise || wished !== undefined
      ? { personId: caller.personId, name: caller.name, email: caller.email }
      : undefined;
  const member = await memberships.find(wished, shop.id);
  if (!member) throw new ApiError('invalid_request', 'Choose a member of the shop.', 'salespersonId');
  return { personId: wished, name: member.personName };
}
