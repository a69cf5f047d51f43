import { allRoutes } from '#contract/routes/all.ts';
import type { SupportEntryView } from '#contract/views/platform.ts';
import { actsOf, listSupportEntries } from '../adapters/dynamo/repositories/support.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';

const summaries = new Map(allRoutes.map(({ id, summary }) => [id, summary]));

/** What Kerf's people did about the shop, newest first; visits with what was changed in them. */
export async function supportEntries(t: Tenant): Promise<SupportEntryView[]> {
  const entries = await listSupportEntries(t);
  return Promise.all(
    entries.map(async ({ operator, ...entry }) => ({
      ...entry,
      operator: { name: operator.name },
      acts: (entry.kind === 'visit' ? await actsOf(t, entry.id) : []).map(({ at, route, target }) => ({
        at,
        route,
        summary: summaries.get(route) ?? route,
        target,
      })),
    })),
  );
}
