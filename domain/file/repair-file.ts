import type { Job } from '../job/job.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { mayChangeFiles } from './choose-unit.ts';
import { mostFiles, type JobFile } from './file.ts';

/** The new file that is the repaired copy of another, which stays as it is. */
export function repairFile(
  job: Job,
  files: readonly JobFile[],
  file: JobFile,
  { newId, now, byStaff }: { newId: string; now: string; byStaff: boolean },
): JobFile | Refusal {
  if (!mayChangeFiles(job, byStaff))
    return refuse('not_allowed_now', 'A file can be repaired until the request is sent.');
  if (!file.repair)
    return refuse(
      'not_ready',
      file.report?.verdict === 'needs_repair'
        ? `We can not mend "${file.name}" without changing its shape. Close it in your CAD program and send it again.`
        : `"${file.name}" needs no repair.`,
      'fileId',
    );
  if (files.some(({ repairedFrom }) => repairedFrom === file.id))
    return refuse('not_ready', `"${file.name}" was repaired already.`, 'fileId');
  if (files.length >= mostFiles)
    return refuse('not_ready', `A job holds at most ${mostFiles} files.`, 'files');
  const { steps: _, ...content } = file.repair;
  return {
    ...content,
    id: newId,
    jobId: file.jobId,
    name: repairedName(file.name),
    state: 'checked',
    ...(file.previewScale !== undefined && { previewScale: file.previewScale }),
    repairedFrom: file.id,
    createdAt: now,
    checkedAt: now,
  };
}

const longestName = 200;

/** bracket.obj -> bracket (repaired).stl */
function repairedName(name: string): string {
  const ending = ' (repaired).stl';
  const stem = name.replace(/\.[^.]*$/, '') || name;
  return `${stem.slice(0, longestName - ending.length).trimEnd()}${ending}`;
}
