import { good, type Part } from '#domain/job/job.ts';
import type { JobView } from '#contract/views/job.ts';

export function partView(part: Part): JobView['parts'][number] {
  const { id, fileId, name, process, materialId, finishId, wanted, made, scrapped } = part;
  return { id, fileId, name, process, materialId, finishId, wanted, made, scrapped, good: good(part) };
}
