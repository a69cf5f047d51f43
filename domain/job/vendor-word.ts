import { wordTo, type VendorFacts } from '../vendor/vendor.ts';
import { beforeAgreement, type Job, type Status } from './job.ts';

const made: readonly Status[] = ['in_production', 'ready_for_pickup', 'completed'];

/**
 * What a change of status means to the job's vendor: they may begin, or nothing comes of it. `vendor` is them as they know it then.
 * @param before the job before the change
 */
export function vendorWord(
  before: Job,
  to: Status,
  now: string,
): { vendor: NonNullable<Job['vendor']>; facts: VendorFacts } | undefined {
  const { vendor, status } = before;
  if (vendor?.requestId === undefined || status === to) return undefined;
  const from = status === 'on_hold' ? (before.heldFrom ?? status) : status;
  if (to === 'in_production' && beforeAgreement.includes(from) && !made.includes(from))
    return { vendor: { ...vendor, toldAt: vendor.toldAt ?? now }, facts: wordTo(vendor, 'go_ahead') };
  if ((to === 'canceled_by_customer' || to === 'canceled_by_shop') && vendor.toldAt !== undefined) {
    const { requestId: _, ...closed } = vendor;
    return { vendor: closed, facts: wordTo(vendor, 'canceled') };
  }
  return undefined;
}
