import type { Contact } from '../customer/customer.ts';

/** A company that makes pieces, or a part of the work on them, for the shop. */
export interface Vendor {
  id: string;
  /** The company. */
  name: string;
  /** Whom to write to there. */
  contact?: string | undefined;
  /** Lower case. */
  email: string;
  phone?: string | undefined;
  /** What they do, in the shop's words: casting, stone setting, plating. */
  processes: readonly string[];
  leadTimeDays?: number | undefined;
  /** The smallest order they take, in the shop's currency. */
  minimumOrderMinor?: number | undefined;
  note?: string | undefined;
  /** Out of lists and choices since. */
  archivedAt?: string;
  version: number;
  createdAt: string;
}

/** The vendor of a job as they were when they were chosen; later edits never change it (JT-44). */
export interface JobVendor extends Contact {
  vendorId?: string;
  contact?: string;
  /** What they were asked, in the shop's words. */
  message?: string;
  /** Names the request that mailed links open; without one no link opens anything. */
  requestId?: string;
  /** Since when they know of the job; before, nobody owes them word of its end. */
  toldAt?: string;
  /** Ids of the photos and files they may see; nothing else of the job but its specification. */
  shows?: readonly string[];
}

export const vendorStages = ['request', 'go_ahead', 'reminder', 'canceled', 'order'] as const;
/** What a vendor is mailed about (JT-14, JT-47). */
export type VendorStage = (typeof vendorStages)[number];

/** What an event tells about mails to vendors; a purchase order goes to its own vendor. The vendor is named as they were: the job may have another one when the mail goes out. */
export type VendorFacts = Partial<
  Record<'vendor' | 'vendorEmail' | 'vendorMail' | 'formerVendor' | 'formerEmail' | 'purchaseOrderId', string>
>;

/** Word to the job's vendor. */
export const wordTo = ({ name, email }: JobVendor, stage: VendorStage): VendorFacts => ({
  vendor: name,
  vendorEmail: email,
  vendorMail: stage,
});

/** Word to the vendor before, if another has taken their place and they know of the job. */
export const wordToFormer = (former: JobVendor | undefined, next: JobVendor | undefined): VendorFacts =>
  former?.toldAt !== undefined && former.requestId !== undefined && former.email !== next?.email
    ? { formerVendor: former.name, formerEmail: former.email }
    : {};
