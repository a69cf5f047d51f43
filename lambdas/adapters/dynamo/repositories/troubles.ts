import { comesBack, type TroubleReport } from '#domain/platform/trouble.ts';
import { update } from '../commit.ts';
import { commitWhileThere } from '../commit-while-there.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

const keptDays = 30;

/**
 * Counts one more failure of the same function for the same event or job. What comes back again and again is on the list TROUBLE from its
 * first failure on; what failed once or twice on STUMBLE, by its newest, where it is looked for while that is fresh: so that a thousand
 * slips that got over themselves hide nothing. A shop that was deleted meanwhile gets no row again.
 */
export async function countTrouble(
  t: Tenant,
  { id, jobId, what, error }: { id: string; jobId: string; what: string; error: string },
  now: string,
): Promise<void> {
  const { entities, shopId } = t;
  const known = await findTrouble(t, id);
  const place = comesBack((known?.attempts ?? 0) + 1)
    ? watched('TROUBLE', id, known?.firstAt ?? now)
    : watched('STUMBLE', id, now);
  const counted = entities.trouble
    .upsert({ id })
    .set({
      shopId,
      jobId,
      what,
      error,
      lastAt: now,
      ttl: Math.floor(Date.parse(now) / 1000) + keptDays * 86_400,
      ...place,
    })
    .add({ attempts: 1 })
    .ifNotExists({ firstAt: now });
  await commitWhileThere(t, [update('trouble', counted.params())]);
}

export async function findTrouble({ entities }: Tenant, id: string): Promise<TroubleReport | undefined> {
  return (await entities.trouble.get({ id }).go({ consistent: true })).data ?? undefined;
}

export async function removeTrouble({ entities }: Tenant, id: string): Promise<void> {
  await entities.trouble.delete({ id }).go();
}
