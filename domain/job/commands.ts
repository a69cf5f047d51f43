import type { Process } from '../process.ts';
import type { JobVendor } from '../vendor/vendor.ts';
import type { Status } from './job.ts';

/** What an offer says; a send, a placing at the instant price and a vendor's price passed on open a version with it. */
export interface OfferTerms {
  totalMinor: number;
  currency: string;
  /** ISO 8601 UTC. */
  validUntil: string;
}

/** A customer's answer given by a member of the shop, with how they know. */
interface OnBehalf {
  onBehalf?: string;
}

/** What a check rests on: a look at the job by the list for one way of making. */
export interface Look {
  process: Process;
  outcome: 'pass' | 'fail';
  reworkCycle: number;
  /** ISO 8601 UTC. */
  at: string;
}

export type JobCommand =
  // Towards an agreement
  | { name: 'submit' }
  | ({ name: 'place'; reviewReasons: readonly string[] } & OfferTerms & OnBehalf)
  | { name: 'start_quoting' }
  | ({ name: 'send_quote' } & OfferTerms)
  | ({ name: 'record_price' } & OfferTerms)
  | { name: 'withdraw_quote' }
  | ({ name: 'approve_quote'; version: number } & OnBehalf)
  | ({ name: 'request_changes'; version: number; message: string } & OnBehalf)
  | ({ name: 'decline_quote'; version: number; reason: string } & OnBehalf)
  | { name: 'expire_quote' }
  // With a vendor
  | { name: 'ask_vendor'; vendor: JobVendor; message?: string }
  | {
      name: 'record_vendor_price';
      costMinor: number;
      currency: string;
      readyBy?: string;
      note?: string;
      /** Goes to the customer at once. */
      offer?: OfferTerms;
    }
  | { name: 'vendor_decline'; reason: string }
  | { name: 'recall' }
  // Payment terms
  | { name: 'provide_po'; number: string }
  | { name: 'ask_payment' }
  | { name: 'release'; override?: string; netDays?: number }
  | { name: 'due' }
  | { name: 'paid' }
  // Making
  | { name: 'begin_work'; override?: string }
  | {
      name: 'start';
      partId: string;
      quantity: number;
      runId: string;
      machineId: string;
      override?: string;
    }
  | {
      name: 'record_run';
      runId: string;
      partId: string;
      outcome: 'finished' | 'failed' | 'canceled';
      made: number;
      reason?: string;
    }
  | { name: 'finish' }
  | { name: 'fault'; partId: string; count: number; reason: string }
  | { name: 'pass_check'; note?: string; looks: readonly Look[] }
  | { name: 'fail_check'; partId: string; count: number; reason: string }
  | { name: 'ready' }
  // Delivery
  | { name: 'ship'; carrier?: string; tracking?: string }
  | { name: 'hand_over'; receivedBy?: string }
  | { name: 'confirm_delivery' }
  | { name: 'redo'; newJobId: string; reason: string }
  // The course of the job
  | { name: 'hold'; reason: string }
  | { name: 'resume'; to?: Status; override?: string }
  | { name: 'cancel'; reason: string; refundMinor?: number }
  | { name: 'reopen'; reason: string }
  | { name: 'change'; to: Status; reason: string; override?: boolean };

export const jobCommandNames = [
  'submit',
  'place',
  'start_quoting',
  'send_quote',
  'record_price',
  'withdraw_quote',
  'approve_quote',
  'request_changes',
  'decline_quote',
  'expire_quote',
  'ask_vendor',
  'record_vendor_price',
  'vendor_decline',
  'recall',
  'provide_po',
  'ask_payment',
  'release',
  'due',
  'paid',
  'begin_work',
  'start',
  'record_run',
  'finish',
  'fault',
  'pass_check',
  'fail_check',
  'ready',
  'ship',
  'hand_over',
  'confirm_delivery',
  'redo',
  'hold',
  'resume',
  'cancel',
  'reopen',
  'change',
] as const satisfies readonly JobCommand['name'][];
export type JobCommandName = JobCommand['name'];
