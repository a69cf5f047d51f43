import { inBooks, onJobPage, withJob } from '../keys.ts';
import { afterAll, readRows, type KeyRange, type StoredRow } from '../read-rows.ts';
import type { Tenant } from '../tenant.ts';

/** Neighbours in the alphabet of a job's sort keys: they come with one query instead of one per kind. */
export const ranges = {
  /** The job, its files, parts and runs. */
  job: [withJob, `${withJob}#${afterAll}`],
  /** Everything about its money. */
  books: [inBooks, inBooks + afterAll],
  /** Its books, quotes and stays. */
  history: [onJobPage, onJobPage + afterAll],
  jobAndHistory: [withJob, onJobPage + afterAll],
} as const satisfies Record<string, KeyRange>;

export const rowsOfJob = (t: Tenant, jobId: string, range: KeyRange): Promise<StoredRow[]> =>
  readRows(t, `JOB#${jobId}`, range);
