import type { LengthUnit, MeshReport } from '../geometry/report.ts';
import { rescaleReport } from '../geometry/rescale-report.ts';
import { millimetresPer } from '../geometry/units.ts';
import type { Job } from '../job/job.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { JobFile } from './file.ts';

/** Whether files may still be read anew or replaced: by the shop while it looks at the request; a quote rests on what was there before. */
export const mayChangeFiles = ({ status }: Pick<Job, 'status'>, byStaff: boolean): boolean =>
  status === 'draft' || (byStaff && (status === 'review' || status === 'quoting'));

/** The file as it is when its numbers are read in another unit. */
export function chooseUnit(
  job: Job,
  file: JobFile | undefined,
  unit: LengthUnit,
  byStaff: boolean,
): JobFile | Refusal {
  if (!mayChangeFiles(job, byStaff))
    return refuse('not_allowed_now', 'The unit of a file can be changed until the request is sent.');
  if (file?.state !== 'checked' || !file.report || file.report.kind === 'attachment')
    return refuse('not_ready', 'Only a measured part or drawing has a unit.', 'unit');
  const factor = millimetresPer[unit] / millimetresPer[file.report.unit.name];
  return {
    ...file,
    report: rescaleReport(file.report, unit),
    previewScale: (file.previewScale ?? 1) * factor,
    ...(file.repair && {
      repair: { ...file.repair, report: rescaleReport(file.repair.report, unit) as MeshReport },
    }),
  };
}
