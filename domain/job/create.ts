import type { CustomerSnapshot, Job } from './job.ts';

export interface NewJob {
  id: string;
  shopId: string;
  /** Running number of the shop's jobs, from 1. */
  serial: number;
  title: string;
  customer: CustomerSnapshot;
  source: Job['source'];
  delivery: Job['delivery'];
  wantedBy?: string;
  note?: string;
}

/** A draft, opened at `now` (ISO 8601 UTC). */
export function createJob({ serial, ...rest }: NewJob, now: string): Job {
  return {
    ...rest,
    number: `K-${String(serial).padStart(6, '0')}`,
    template: 'fabrication',
    status: 'draft',
    version: 1,
    visit: 1,
    payment: 'unpaid',
    reworkCycle: 0,
    createdAt: now,
    updatedAt: now,
  };
}
