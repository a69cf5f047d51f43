import type { CustomerSnapshot } from '../customer/customer.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { Job } from './job.ts';
import { promisedDay, promiseFault } from './promised-day.ts';
import type { WorkflowTemplate } from './template.ts';

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
  spec?: string;
  salesperson?: { personId: string; name: string; email?: string };
  /** `YYYY-MM-DD` in the shop's zone. */
  promisedDate?: string;
  redoOf?: string;
  reorderOf?: string;
}

/**
 * A job where its template lets jobs begin, opened at `now` (ISO 8601 UTC).
 * @param timeZone the shop's, for the promised day
 */
export function createJob(
  { serial, promisedDate, ...rest }: NewJob,
  template: WorkflowTemplate,
  timeZone: string,
  now: string,
): Job | Refusal {
  if (template.needsPromise && !rest.salesperson)
    return refuse('invalid', 'Name who sees the job through.', 'salespersonId');
  if (template.needsPromise && promisedDate === undefined)
    return refuse('invalid', 'Promise a date.', 'promisedDate');
  const fault =
    promisedDate === undefined ? undefined : promiseFault(promisedDate, 'promisedDate', timeZone, now);
  if (fault) return fault;
  return {
    ...rest,
    number: `K-${String(serial).padStart(6, '0')}`,
    template: template.name,
    ...(promisedDate === undefined ? {} : { promised: promisedDay(promisedDate, timeZone) }),
    status: template.bornIn,
    version: 1,
    visit: 1,
    payment: 'unpaid',
    reworkCycle: 0,
    createdAt: now,
    updatedAt: now,
  };
}
