import { invalidRequest } from './errors.ts';
import type { Account, StripeObject, StripeObjects } from './objects.ts';
import { readParams, schemas, type Form } from './params.ts';

export interface StripeList {
  object: 'list';
  url: string;
  has_more: boolean;
  data: StripeObject[];
}

/** What a list is narrowed by, besides the time. */
const filters = { payment_intent: 'customer', refund: 'payment_intent' } as const;

/** A page of an account's objects, the newest first (docs.stripe.com/api/pagination). */
export function listPage(
  objects: StripeObjects,
  account: Account,
  type: keyof typeof filters,
  form: Form,
): StripeList {
  const { limit, starting_after: after, created, ...narrowed } = readParams(schemas.list, form);
  const by = filters[type];
  for (const param of Object.keys(narrowed))
    if (param !== by)
      throw invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  const all = objects
    .all(type)
    .filter((each) => each.account === account)
    .map(({ object }) => object)
    .filter((object) => narrowed[by] === undefined || object[by] === narrowed[by])
    .filter((object) => created?.gte === undefined || object.created >= created.gte)
    .reverse();
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0)
    throw invalidRequest(`No such ${type}: '${after}'`, {
      code: 'resource_missing',
      param: 'starting_after',
    });
  return {
    object: 'list',
    url: `/v1/${type}s`,
    has_more: start + limit < all.length,
    data: all.slice(start, start + limit),
  };
}
