import { shopApiHandler } from '../../http/shop-api.ts';
import { createPhoto } from './create-photo.ts';
import { getFirstPassYield } from './get-first-pass-yield.ts';
import { listChecklists } from './list-checklists.ts';
import { listInspections } from './list-inspections.ts';
import { listPhotos } from './list-photos.ts';
import { recordInspection } from './record-inspection.ts';
import { removePhoto } from './remove-photo.ts';
import { replaceChecklist } from './replace-checklist.ts';
import { sharePhoto } from './share-photo.ts';

/** The quality context: one Lambda. */
export const handler = shopApiHandler([
  createPhoto,
  getFirstPassYield,
  listChecklists,
  listInspections,
  listPhotos,
  recordInspection,
  removePhoto,
  replaceChecklist,
  sharePhoto,
]);
