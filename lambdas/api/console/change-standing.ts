import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Standing } from '#domain/platform/standing.ts';
import type { SupportKind } from '#domain/platform/support.ts';
import type { StandingView } from '#contract/views/platform.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { idempotencyOf } from '../../adapters/dynamo/repositories/idempotency.ts';
import { loadStanding, putStanding } from '../../adapters/dynamo/repositories/standings.ts';
import { createSupportEntry } from '../../adapters/dynamo/repositories/support.ts';
import { once } from '../../http/once.ts';
import { refused } from '../../http/problem.ts';
import type { ApiRequest } from '../../http/request.ts';
import { forgetStanding } from '../../http/standing.ts';
import { asOperator, shopNamed, supportEntry } from './access.ts';
import { standingView } from './standing-view.ts';

/** How a shop stands is changed together with the entry that says who did it and why. */
export async function changeStanding(
  request: Omit<ApiRequest, 'params'> & { params: { shopId: string } },
  kind: SupportKind,
  reason: string,
  change: (standing: Standing, now: string) => Standing | Refusal,
): Promise<StandingView> {
  const operator = asOperator(request.caller);
  const { t } = await shopNamed(request.params.shopId);
  await once(idempotencyOf(t), request as ApiRequest, async (record) => {
    const instant = now();
    const after = change(await loadStanding(t), instant);
    if (isRefusal(after)) throw refused(after);
    await commit(t.client, [
      putStanding(t, after),
      createSupportEntry(t, supportEntry(operator, kind, reason, instant)),
      ...record({}),
    ]);
    forgetStanding(t.shopId);
    return {};
  });
  return standingView(await loadStanding(t));
}
