import type { JobView } from '#contract/views/job.ts';

export type FileView = JobView['files'][number];
