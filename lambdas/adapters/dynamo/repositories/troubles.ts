import type { TroubleReport } from '#domain/platform/trouble.ts';
import { update } from '../commit.ts';
import { commitWhileThere } from '../commit-while-there.ts';
import { watched } from '../system.ts';
import type { Tenant } from '../tenant.ts';

const keptDays = 30;

/** Counts one more failure of the same function for the same event or job. A shop that was deleted meanwhile gets no row again. */
export async function countTrouble(
  t: Tenant,
  { id, jobId, what, error }: { id: string; jobId: string; what: string; error: string },
  now: string,
): Promise<void> {
  const { entities, shopId } = t;
  const counted = entities.trouble
    .upsert({ id })
    .set({
      shopId,
      jobId,
      what,
      error,
      lastAt: now,
      ttl: Math.floor(Date.parse(now) / 1000) + keptDays * 86_400,
    })
    .add({ attempts: 1 })
    .ifNotExists({ firstAt: now, ...watched('TROUBLE', id, now) });
  await commitWhileThere(t, [update('trouble', counted.params())]);
}

export async function findTrouble({ entities }: Tenant, id: string): Promise<TroubleReport | undefined> {
  return (await entities.trouble.get({ id }).go({ consistent: true })).data ?? undefined;
}

export async function removeTrouble({ entities }: Tenant, id: string): Promise<void> {
  await entities.trouble.delete({ id }).go();
}
