import type { AccountView } from '#contract/routes/money.ts';
import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Actor } from '#domain/actor.ts';
import type { StoredBooks } from '../../adapters/dynamo/repositories/books.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import type { LoadedJob } from '../../adapters/dynamo/repositories/jobs.ts';
import type { Tenant } from '../../adapters/dynamo/tenant.ts';
import { actorOf } from '../../http/caller.ts';
import { once } from '../../http/once.ts';
import { refused } from '../../http/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import { changeBooks, type BooksChange } from '../../use-cases/change-books.ts';
import { inShop, visibleJob } from '../access.ts';
import { renderAccount } from './account-view.ts';

/** What a route about money needs of its request. */
export interface MoneyRequest extends Pick<ApiRequest, 'caller' | 'route' | 'rawBody' | 'idempotencyKey'> {
  params: { jobId: string };
}

/** What a route adds to a change of the books. */
export type Change = Omit<BooksChange<undefined>, 'result' | 'actor' | 'writes'>;

/**
 * What every route that changes a job's money does: see the job, change its books once, answer with the account as it is now.
 * @throws ApiError not_found, not_allowed_now, not_ready, invalid_request, stale
 */
export async function changeAccount(
  request: MoneyRequest,
  plan: (
    loaded: LoadedJob,
    books: StoredBooks,
    now: string,
    about: { t: Tenant; actor: Actor; by: string },
  ) => Promise<Change | Refusal> | Change | Refusal,
): Promise<AccountView> {
  const { caller, t } = inShop(request.caller);
  const { jobId } = request.params;
  const { job } = await visibleJob(t, caller, jobId);
  const actor = actorOf(caller, job.customer.name);
  const by = 'name' in actor ? actor.name : job.customer.name;
  await once(idempotencyOf(t), request as ApiRequest, async (record) => {
    const outcome = await changeBooks(t, jobId, async (loaded, books, now) => {
      const change = await plan(loaded, books, now, { t, actor, by });
      return isRefusal(change) ? change : { ...change, result: undefined, actor, writes: record({}) };
    });
    if (outcome && 'refusal' in outcome) throw refused(outcome.refusal);
    return {};
  });
  return renderAccount(t, caller, jobId);
}
