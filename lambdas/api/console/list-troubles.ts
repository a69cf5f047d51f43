import * as routes from '#contract/routes/console.ts';
import type { Trouble } from '#contract/routes/console.ts';
import { deservesLook, isGivenUp, workflowsRestMs } from '#domain/platform/trouble.ts';
import { now } from '../../adapters/clock.ts';
import { findShop } from '../../adapters/dynamo/repositories/shops.ts';
import { findTrouble } from '../../adapters/dynamo/repositories/troubles.ts';
import { oldestOnList, type WatchEntry } from '../../adapters/dynamo/system.ts';
import { tenant } from '../../adapters/dynamo/tenant.ts';
import { implement } from '../../http/stack.ts';

/** The sweep brings forgotten events to the bus each minute; what still waits then has a trouble of its own. */
const outboxPatienceMs = 3 * 60_000;

export const listTroubles = implement(routes.listTroubles, async () => {
  const instant = now();
  const at = (distanceMs: number) => new Date(Date.parse(instant) + distanceMs).toISOString();
  // Lists end after this instant: no row lies in the future, and one of this very moment belongs to them.
  const [lasting, fresh, waiting] = await Promise.all([
    oldestOnList('TROUBLE', at(1)),
    oldestOnList('STUMBLE', at(1), at(-workflowsRestMs)),
    oldestOnList('OUTBOX', at(-outboxPatienceMs)),
  ]);
  const troubles = await Promise.all([...lasting, ...fresh].map((entry) => trouble(entry, instant)));
  return { troubles: troubles.filter((each) => each !== undefined), overdueEvents: waiting.length };
});

async function trouble({ shopId, id = '' }: WatchEntry, instant: string): Promise<Trouble | undefined> {
  const t = tenant(shopId);
  const [report, shop] = await Promise.all([findTrouble(t, id), findShop(t)]);
  if (!report || !deservesLook(report, instant)) return undefined;
  const { jobId, what, error, attempts, firstAt, lastAt } = report;
  return {
    id,
    shopId,
    shopName: shop?.name ?? '',
    jobId,
    what,
    error,
    attempts,
    firstAt,
    lastAt,
    givenUp: isGivenUp(report),
  };
}
