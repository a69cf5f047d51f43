import type { JobView } from '#contract/views/job.ts';

export type FileView = JobView['files'][number];

/** Nobody has taken the repaired copy of the file yet. */
export const isUnrepaired = ({ files }: Pick<JobView, 'files'>, { id }: FileView): boolean =>
  !files.some(({ repairedFrom }) => repairedFrom === id);
