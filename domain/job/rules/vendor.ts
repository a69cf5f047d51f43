import { refuse } from '../../refusal.ts';
import { wordTo, wordToFormer, type JobVendor } from '../../vendor/vendor.ts';
import { reasonGiven } from './conditions.ts';
import { newVersion, offerable, paymentTowards } from './quoting.ts';
import type { Rules } from './rule.ts';

export const vendor: Rules<'ask_vendor' | 'record_vendor_price' | 'vendor_decline' | 'recall'> = {
  ask_vendor: {
    event: 'vendor.asked',
    accepts: (_, { vendor }) =>
      vendor.name.trim() === '' || !vendor.email.includes('@')
        ? refuse('invalid', 'Name the vendor and where to write to them.', 'vendor')
        : undefined,
    then: ({ job }, { vendor, message }, now) => ({
      changes: { vendor: { ...vendor, toldAt: now }, vendorPrice: undefined },
      data: {
        ...wordTo(vendor, 'request'),
        ...wordToFormer(job.vendor, vendor),
        ...(message === undefined ? {} : { message }),
      },
    }),
  },
  record_vendor_price: {
    event: 'vendor.priced',
    accepts: (_, { costMinor, offer }, now, actor) => {
      if (!Number.isSafeInteger(costMinor) || costMinor <= 0)
        return refuse('invalid', 'Give a price above zero.', 'costMinor');
      if (offer && actor.kind === 'vendor')
        return refuse('not_yours_to_do', 'The shop makes the offer to its customer.', 'offer');
      return offer && offerable(offer, now);
    },
    target: ({ template }, { offer }) => (offer ? 'quoted' : template.quotingStatus),
    then: (state, { costMinor, currency, readyBy, note, offer }) => {
      const vendorPrice = {
        costMinor,
        currency,
        ...(readyBy === undefined ? {} : { readyBy }),
        ...(note === undefined ? {} : { note }),
      };
      const version = offer && newVersion(state, offer, 'sent');
      const offered = offer && version ? { quote: version.quote, ...paymentTowards(state.job, offer) } : {};
      return {
        changes: { vendorPrice, ...offered },
        data: { ...vendorPrice, ...version?.data },
      };
    },
  },
  vendor_decline: {
    event: 'vendor.declined',
    accepts: (_, { reason }) => reasonGiven(reason),
    // Their link opens nothing any more.
    then: ({ job }, { reason }) => ({
      changes: { vendor: closed(job.vendor) },
      data: { vendor: job.vendor?.name ?? '', reason },
    }),
  },
  recall: {
    event: 'vendor.recalled',
    then: ({ job }) => ({
      changes: { vendor: closed(job.vendor) },
      data: job.vendor ? wordTo(job.vendor, 'canceled') : {},
    }),
  },
};

function closed(vendor: JobVendor | undefined): JobVendor | undefined {
  if (!vendor) return undefined;
  const { requestId: _, ...rest } = vendor;
  return rest;
}
