import type { Job, TemplateName } from '../job/job.ts';
import type { VendorFacts, VendorStage } from '../vendor/vendor.ts';
import type { MailAudience, MailKind, News } from './mail-kinds.ts';

/** Which mail a vendor gets at a stage. */
const kinds: Record<VendorStage, MailKind> = {
  request: 'vendor.asked',
  go_ahead: 'vendor.go_ahead',
  reminder: 'vendor.reminder_due',
  canceled: 'vendor.recalled',
  order: 'vendor.order',
};

export type VendorAudience = Extract<MailAudience, 'vendor' | 'former_vendor'>;
export const isVendors = (audience: MailAudience): audience is VendorAudience =>
  audience === 'vendor' || audience === 'former_vendor';

/** The mails to vendors that an event calls for: the step itself says so (JT-47). */
export function vendorMailsFor({ type, data }: News): { audience: VendorAudience; kind: MailKind }[] {
  const { vendorMail, formerEmail }: VendorFacts = data;
  const stage = type === 'vendor.reminder_due' ? 'reminder' : (vendorMail as VendorStage | undefined);
  return [
    ...(stage ? [{ audience: 'vendor', kind: kinds[stage] } as const] : []),
    ...(formerEmail === undefined ? [] : [{ audience: 'former_vendor', kind: kinds.canceled } as const]),
  ];
}

/** Where a mail to a vendor goes, and whether its link still opens the request: not once the job is somebody else's. */
export function vendorRecipient(
  { vendor }: Pick<Job, 'vendor'>,
  audience: VendorAudience,
  facts: VendorFacts,
): { email: string; requestId?: string } | undefined {
  const email = audience === 'former_vendor' ? facts.formerEmail : (facts.vendorEmail ?? vendor?.email);
  if (email === undefined) return undefined;
  const open = audience === 'vendor' && vendor?.email === email ? vendor.requestId : undefined;
  return open === undefined ? { email } : { email, requestId: open };
}

/** The names JewelTrak's people know (JT-46). */
export const buildNames: Partial<Record<TemplateName, string>> = { custom: 'Custom Build' };
