import { good, type Part } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { customerPart } from './customer-view.ts';

type PartView = JobView['parts'][number];

export function partOfShop(part: Part): PartView {
  const { id, fileId, name, process, materialId, finishId, infillPercent, orientation } = part;
  const { wanted, made, scrapped } = part;
  return {
    id,
    fileId,
    name,
    process,
    materialId,
    finishId,
    infillPercent,
    orientation,
    wanted,
    made,
    scrapped,
    good: good(part),
  };
}

/** The line as the caller may see it. */
export const partView = (part: Part, caller: ShopCaller): PartView =>
  caller.kind === 'staff' ? partOfShop(part) : customerPart(part);
