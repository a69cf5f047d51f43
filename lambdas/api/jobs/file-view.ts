import type { JobView } from '#contract/views/job.ts';
import type { JobFile } from '#domain/file/file.ts';
import type { ShopCaller } from '../../http/caller.ts';
import { customerFile } from './customer-view.ts';

type FileView = JobView['files'][number];

export function fileOfShop({ jobId: _, hasLayers: __, repair, ...file }: JobFile): FileView {
  const offer = repair && { steps: repair.steps, report: repair.report };
  return { ...file, ...(offer && { repair: offer }) } as FileView;
}

/** The file as the caller may see it. */
export const fileView = (file: JobFile, caller: ShopCaller): FileView =>
  caller.kind === 'staff' ? fileOfShop(file) : customerFile(file);
