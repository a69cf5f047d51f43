import type { EventType } from '../event.ts';
import type { Job } from '../job/job.ts';
import type { TemplateName } from '../job/job.ts';
import type { VendorFacts, VendorStage } from '../vendor/vendor.ts';

/** What a vendor gets a mail about. */
export type VendorMailKind = `vendor_${VendorStage}`;

interface VendorMailWanted {
  audience: 'vendor' | 'former_vendor';
  kind: VendorMailKind;
}

/** The types of events that can carry word to a vendor. */
export const vendorMailTypes: readonly EventType[] = [
  'vendor.asked',
  'vendor.assigned',
  'vendor.reminder_due',
  'vendor.recalled',
  'purchase_order.issued',
  'quote.approved',
  'quote.declined',
  'job.work_begun',
  'job.resumed',
  'job.changed',
  'job.canceled',
];

/** The mails to vendors that an event calls for: the step itself sends them (JT-47). */
export function vendorMailsFor(type: EventType, facts: VendorFacts): VendorMailWanted[] {
  const { vendorMail, formerEmail } = facts;
  const stage = type === 'vendor.reminder_due' ? 'reminder' : (vendorMail as VendorStage | undefined);
  return [
    ...(stage ? [{ audience: 'vendor', kind: `vendor_${stage}` } as const] : []),
    ...(formerEmail === undefined ? [] : [{ audience: 'former_vendor', kind: 'vendor_canceled' } as const]),
  ];
}

/** Where a mail to a vendor goes, and whether its link still opens the request: not once the job is somebody else's. */
export function vendorRecipient(
  { vendor }: Pick<Job, 'vendor'>,
  audience: 'vendor' | 'former_vendor',
  facts: VendorFacts,
): { email: string; requestId?: string } | undefined {
  const email = audience === 'former_vendor' ? facts.formerEmail : (facts.vendorEmail ?? vendor?.email);
  if (email === undefined) return undefined;
  const open = audience === 'vendor' && vendor?.email === email ? vendor.requestId : undefined;
  return open === undefined ? { email } : { email, requestId: open };
}

export interface VendorMailInput {
  kind: VendorMailKind;
  shop: { name: string };
  job: Pick<Job, 'number' | 'title' | 'template' | 'vendor' | 'promised'>;
  facts: Record<string, string | number | boolean>;
}

/** The names JewelTrak's people know (JT-46). */
const builds: Record<TemplateName, string> = {
  custom: 'Custom Build',
  repair: 'Repair',
  fabrication: 'Job',
  order: 'Order',
};

/** Subject, opening and the button's word; nothing of the customer and no price is ever in them. */
export function vendorWords({ kind, shop, job, facts }: VendorMailInput): {
  subject: string;
  lead: string;
  button: string;
} {
  const piece = `${builds[job.template]} #${job.number.replace(/^\D+/, '')} - ${job.title}`;
  const said = facts['message'] === undefined ? '' : ` "${facts['message']}"`;
  switch (kind) {
    case 'vendor_request':
      return {
        subject: `Quote request for ${piece}`,
        lead: `${shop.name} asks for your price and the day it can be ready.${said}`,
        button: 'See the request and answer',
      };
    case 'vendor_reminder':
      return {
        subject: `Reminder: Quote request for ${piece}`,
        lead: `${shop.name} still waits for your price.`,
        button: 'See the request and answer',
      };
    case 'vendor_go_ahead':
      return {
        subject: `Go ahead: ${piece}`,
        lead: `${shop.name} asks you to begin.`,
        button: 'See the specification',
      };
    case 'vendor_order':
      return {
        subject: `Purchase order ${facts['number'] ?? ''} from ${shop.name}`,
        lead: `${shop.name} orders from you. The purchase order is behind this link, as a PDF.`,
        button: 'Open the purchase order',
      };
    case 'vendor_canceled':
      return {
        subject: `No longer needed: ${piece}`,
        lead: `${shop.name} does not need this from you any more. Please stop work on it. Thank you.`,
        button: '',
      };
  }
}
