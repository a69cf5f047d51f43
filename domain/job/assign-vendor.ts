import { refuse, type Refusal } from '../refusal.ts';
import { wordTo, wordToFormer, type JobVendor } from '../vendor/vendor.ts';
import type { LoggedEvent } from '../event.ts';
import { vendorSilentAt, type Stay } from './due.ts';
import { isLive, type Job } from './job.ts';
import type { WorkflowTemplate } from './template.ts';

export interface Assignment {
  job: Job;
  /** The open stay, when its due instants change. */
  stay?: Stay;
  event: LoggedEvent;
}

/**
 * Puts a vendor on the job, another in their place, or takes them off. Who is asked or at work hears of it by mail, and so does who
 * was (JT-47); the earlier vendor's link opens nothing any more.
 */
export function assignVendor(
  { job, template, stay }: { job: Job; template: WorkflowTemplate; stay: Stay },
  vendor: JobVendor | undefined,
  reason: string | undefined,
  now: string,
): Assignment | Refusal {
  if (!template.needsPromise)
    return refuse('not_allowed_now', `A job of the type "${template.title}" has no vendor.`);
  if (!isLive(job)) return refuse('not_allowed_now', 'The job has ended. Reopen it first.');
  const { vendor: former, vendorPrice, ...rest } = job;
  const same = former !== undefined && former.email === vendor?.email;
  if (same && former.name === vendor?.name)
    return refuse('invalid', `${former.name} is the vendor of the job already.`, 'vendorId');
  if (former && (reason ?? '').trim() === '')
    return refuse('invalid', `Say why ${former.name} does not make it.`, 'reason');
  if (!vendor && job.status === 'vendor_quote')
    return refuse('not_allowed_now', 'The vendor is asked for a price. Take the question back first.');

  const stage = job.status === 'vendor_quote' ? 'request' : 'go_ahead';
  const told = vendor && (job.status === 'vendor_quote' || job.status === 'in_production');
  const event: LoggedEvent = {
    type: 'vendor.assigned',
    data: {
      vendor: vendor?.name ?? '',
      ...(told ? wordTo(vendor, stage) : {}),
      ...wordToFormer(former, vendor),
      ...(former && !same ? { former: former.name } : {}),
      ...(reason === undefined ? {} : { reason }),
    },
  };
  return {
    job: {
      ...rest,
      ...(vendor ? { vendor: told ? { ...vendor, toldAt: now } : vendor } : {}),
      // Another vendor's price is not theirs.
      ...(vendorPrice && same ? { vendorPrice } : {}),
      ...(rest.flags ? { flags: rest.flags.filter((flag) => flag !== 'vendor_silent') } : {}),
    },
    ...(job.status === 'vendor_quote' ? { stay: askedAnew(stay, now) } : {}),
    event,
  };
}

/** The new vendor has as long to answer as the one before had. */
const askedAnew = (stay: Stay, now: string): Stay => ({
  ...stay,
  due: [
    ...stay.due.filter(({ kind }) => kind !== 'vendor_silent'),
    { kind: 'vendor_silent', at: vendorSilentAt(now), done: false },
  ],
});

/** Which photos and files of the job its vendor may see. */
export function showToVendor(job: Job, shows: readonly string[], known: ReadonlySet<string>): Job | Refusal {
  if (!job.vendor) return refuse('not_ready', 'Choose a vendor first.');
  const strange = shows.findIndex((id) => !known.has(id));
  if (strange >= 0) return refuse('invalid', 'The job has no such photo or file.', `shows.${strange}`);
  return { ...job, vendor: { ...job.vendor, shows: [...new Set(shows)] } };
}
