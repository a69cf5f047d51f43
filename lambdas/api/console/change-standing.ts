import { isRefusal, type Refusal } from '#domain/refusal.ts';
import type { Standing } from '#domain/platform/standing.ts';
import type { SupportKind } from '#domain/platform/support.ts';
import type { StandingView } from '#contract/views/platform.ts';
import { now } from '../../adapters/clock.ts';
import { commit } from '../../adapters/dynamo/commit.ts';
import { loadStanding, putStanding } from '../../adapters/dynamo/repositories/standings.ts';
import { createSupportEntry } from '../../adapters/dynamo/repositories/support.ts';
import type { Caller } from '../../http/caller.ts';
import { refused } from '../../http/problem.ts';
import { forgetStanding } from '../../http/standing.ts';
import { asOperator, shopNamed, supportEntry } from './access.ts';
import { standingView } from './standing-view.ts';

/** How a shop stands is changed together with the entry that says who did it and why. */
export async function changeStanding(
  { caller, params }: { caller: Caller; params: { shopId: string } },
  kind: SupportKind,
  reason: string,
  change: (standing: Standing, now: string) => Standing | Refusal,
): Promise<StandingView> {
  const operator = asOperator(caller);
  const { t } = await shopNamed(params.shopId);
  const instant = now();
  const after = change(await loadStanding(t), instant);
  if (isRefusal(after)) throw refused(after);
  await commit(t.client, [
    putStanding(t, after),
    createSupportEntry(t, supportEntry(operator, kind, reason, instant)),
  ]);
  forgetStanding(t.shopId);
  return standingView(after);
}
