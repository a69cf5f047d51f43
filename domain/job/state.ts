import type { Job, Part } from './job.ts';
import type { WorkflowTemplate } from './template.ts';

/** What the guards need to know of a file. */
export interface FileFacts {
  id: string;
  name: string;
  state: 'awaiting_upload' | 'checked' | 'refused';
}

/** What the guards need to know of a run that is not over. */
export interface OpenRun {
  id: string;
  partId: string;
  quantity: number;
}

/** All that a decision about a job may look at. */
export interface JobState {
  job: Job;
  /** The job's template with what the shop has made of it. */
  template: WorkflowTemplate;
  parts: readonly Part[];
  files: readonly FileFacts[];
  /** Runs of this job that are not over. */
  openRuns: readonly OpenRun[];
}
