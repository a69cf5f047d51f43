import type { SupportEntry, VisitAct } from '#domain/platform/support.ts';
import { put, update, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

export const createSupportEntry = ({ entities }: Tenant, entry: SupportEntry): Write =>
  put('supportEntry', entities.supportEntry.create(entry).params());

export async function findSupportEntry({ entities }: Tenant, id: string): Promise<SupportEntry | undefined> {
  return (await entities.supportEntry.get({ id }).go({ consistent: true })).data ?? undefined;
}

const mostEntries = 100;

/** Newest first, the last hundred. */
export async function listSupportEntries({ entities }: Tenant): Promise<SupportEntry[]> {
  return (await entities.supportEntry.query.ofShop({}).go({ order: 'desc', limit: mostEntries })).data;
}

export const endVisitWrite = ({ entities }: Tenant, id: string, endedAt: string): Write =>
  update(
    'supportEntry',
    entities.supportEntry
      .patch({ id })
      .set({ endedAt })
      .where((row, { notExists }) => notExists(row.endedAt))
      .params(),
  );

export const createVisitAct = ({ entities }: Tenant, act: VisitAct): Write =>
  put('visitAct', entities.visitAct.create(act).params());

export async function removeVisitAct({ entities }: Tenant, { visitId, id }: VisitAct): Promise<void> {
  await entities.visitAct.delete({ visitId, id }).go();
}

/** What was changed during a visit, oldest first. */
export async function actsOf({ entities }: Tenant, visitId: string): Promise<VisitAct[]> {
  return (await entities.visitAct.query.ofVisit({ visitId }).go({ pages: 'all' })).data;
}
