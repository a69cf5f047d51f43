import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { day } from '../day.ts';
import { flag } from '../flag.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { status } from '../views/job.ts';
import { handLines } from '../views/price.ts';
import { contact } from '../views/contact.ts';
import { shows } from './vendors.ts';
import { command, jobParams, maker, nothing, override, reason, seller } from './command.ts';

const anybody = [...new Set([...seller, ...maker])];

export const placeOrder = command(
  'placeOrder',
  'place',
  'Order at the instant price seen',
  { staff: seller, customer: true },
  z.object({ totalMinor: z.int().min(1), name: line(80), onBehalf: line(200).optional() }),
);
export const recordPrice = command(
  'recordPrice',
  'record-price',
  'Record the price told at the counter',
  { staff: seller },
  z.object({ lines: handLines, message: text(2000).optional() }),
);

export const askVendor = command(
  'askVendor',
  'ask-vendor',
  'Ask a vendor for a price',
  { staff: seller },
  z.object({
    /** One of the shop's vendors, or `vendor`. Without both the vendor of the job. */
    vendorId: id('ven').optional(),
    vendor: contact.optional(),
    message: text(2000).optional(),
    /** What of the job they see beside its specification; what they saw before when absent. */
    shows: shows.optional(),
  }),
  { closedToSupport: true },
);
export const recordVendorPrice = command(
  'recordVendorPrice',
  'record-vendor-price',
  "Record the vendor's price; with an offer it goes to the customer at once",
  { staff: seller },
  z.object({
    costMinor: z.int().min(1).max(1e11),
    readyBy: day.optional(),
    note: text(500).optional(),
    offer: z.object({ lines: handLines, message: text(2000).optional() }).optional(),
  }),
);
export const declineVendorRequest = command(
  'declineVendorRequest',
  'vendor-decline',
  'The vendor does not want to make it',
  { staff: seller },
  z.object({ reason }),
);
export const recallVendorRequest = command(
  'recallVendorRequest',
  'recall',
  'Take the question to the vendor back',
  { staff: seller },
  nothing,
);

export const providePurchaseOrder = command(
  'providePurchaseOrder',
  'provide-po',
  'Give the number of a purchase order',
  { staff: seller, customer: true, link: true },
  z.object({ number: line(60) }),
);
export const askPayment = command(
  'askPayment',
  'ask-payment',
  'Ask the customer to pay before production',
  { staff: seller },
  nothing,
);
export const releaseJob = command(
  'releaseJob',
  'release',
  'Free the order for manufacturing: the payment terms are met, or the reason says why not',
  { staff: seller },
  z
    .object({
      override: override.optional(),
      /** Accepts the purchase order with so many days to pay instead of the shop's usual ones. */
      netDays: z.int().min(0).max(180).optional(),
    })
    .default({}),
);
export const callPaymentDue = command(
  'callPaymentDue',
  'due',
  'The purchase order has fallen due',
  { staff: seller },
  nothing,
);

export const beginWork = command(
  'beginWork',
  'begin-work',
  'Begin at the recorded price',
  { staff: anybody },
  z.object({ override: override.optional() }).default({}),
);
export const reportFault = command(
  'reportFault',
  'fault',
  'Pieces are faulty: scraps them, to be made again',
  { staff: maker },
  z.object({ partId: id('part'), count: z.int().min(1), reason }),
);
export const markReady = command(
  'markReady',
  'ready',
  'The piece is ready for pickup',
  { staff: anybody },
  nothing,
);
export const shipJob = command(
  'shipJob',
  'ship',
  'The parcel is on its way',
  { staff: seller },
  z.object({ carrier: line(60).optional(), tracking: line(80).optional() }).default({}),
);
export const redoJob = command(
  'redoJob',
  'redo',
  'Redo the piece under warranty, as a new job linked to this one; answers with the new job',
  { staff: seller },
  z.object({ reason, promisedDate: day }),
);

export const undoStep = command(
  'undoStep',
  'undo',
  'Take your last step back, within 15 seconds and before anything else happens; its mails are not sent',
  { staff: anybody },
  nothing,
);
export const changeJob = command(
  'changeJob',
  'change',
  'Move the job along any arrow of its template by hand',
  { staff: seller },
  z.object({ to: status, reason, override: z.boolean().default(false) }),
);
export const previewChange = route({
  id: 'previewChange',
  method: 'GET',
  path: '/v1/jobs/{jobId}/change-preview',
  context: 'jobs',
  summary: 'What a change by hand would do: from, to, the mails it sends, and what stands in its way',
  callers: { staff: roles },
  params: jobParams,
  query: z.object({ to: status, override: flag(false) }),
  out: z.object({
    from: status,
    fromLabel: z.string(),
    to: status,
    toLabel: z.string(),
    mails: z.array(z.object({ to: z.enum(['shop', 'customer', 'vendor']), subject: z.string() })),
    missing: z.string().optional(),
  }),
  status: 200,
});
