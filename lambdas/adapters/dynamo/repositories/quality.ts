import { checklistIds, firstChecklist, type Checklist } from '#domain/inspection/checklist.ts';
import type { Inspection } from '#domain/inspection/inspection.ts';
import type { Photo } from '#domain/photo/photo.ts';
import { put, remove, update, type Write } from '../commit.ts';
import type { Tenant } from '../tenant.ts';

const all = { consistent: true, pages: 'all' } as const;

/** Every checklist: the shop's own, or what it began with. */
export async function loadChecklists({ entities }: Tenant): Promise<Checklist[]> {
  const { data } = await entities.checklist.query.ofShop({}).go(all);
  return checklistIds.map((id) => data.find((each) => each.id === id) ?? firstChecklist(id));
}

/** Writes a checklist whose version was one lower when it was read. */
export const putChecklist = ({ entities }: Tenant, checklist: Checklist): Write =>
  put(
    'checklist',
    checklist.version === 1
      ? entities.checklist.create(checklist).params()
      : entities.checklist
          .put(checklist)
          .where(({ version }, { eq }) => eq(version, checklist.version - 1))
          .params(),
  );

/** Oldest first. */
export async function inspectionsOfJob({ entities }: Tenant, jobId: string): Promise<Inspection[]> {
  const { data } = await entities.inspection.query.ofJob({ jobId }).go(all);
  return data.sort((a, b) => a.at.localeCompare(b.at));
}

/** Of two inspections that would be the same look, one is written. */
export const createInspection = ({ entities }: Tenant, inspection: Inspection): Write =>
  put('inspection', entities.inspection.create(inspection).params());

/** The shop's inspections from one instant up to (not including) another. */
export async function inspectionsBetween(
  { entities }: Tenant,
  from: string,
  to: string,
): Promise<Inspection[]> {
  const { data } = await entities.inspection.query
    .ofShop({})
    .between({ at: from }, { at: to })
    .go({ pages: 'all' });
  return data.filter(({ at }) => at >= from && at < to);
}

/** Oldest first. */
export async function photosOfJob({ entities }: Tenant, jobId: string): Promise<Photo[]> {
  return (await entities.photo.query.ofJob({ jobId }).go(all)).data;
}

export async function loadPhoto({ entities }: Tenant, jobId: string, id: string): Promise<Photo | undefined> {
  return (await entities.photo.get({ jobId, id }).go({ consistent: true })).data ?? undefined;
}

export const createPhoto = ({ entities }: Tenant, photo: Photo): Write =>
  put('photo', entities.photo.create(photo).params());

/** Stores what the upload was; a photo is looked at once. */
export const putSeenPhoto = ({ entities }: Tenant, photo: Photo): Write =>
  put(
    'photo',
    entities.photo
      .put(photo)
      .where(({ state }, { eq }) => eq(state, 'awaiting_upload'))
      .params(),
  );

export const sharePhotoWrite = ({ entities }: Tenant, { jobId, id }: Photo, shared: boolean): Write =>
  update('photo', entities.photo.patch({ jobId, id }).set({ shared }).params());

export const removePhotoWrite = ({ entities }: Tenant, { jobId, id }: Photo): Write =>
  remove('photo', entities.photo.remove({ jobId, id }).params());
