import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { orientations } from '#domain/estimate/print-settings.ts';
import { maximumFileBytes } from '#domain/file/file.ts';
import { maximumParts } from '#domain/job/parts.ts';
import { templateNames } from '#domain/job/job.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { command, jobParams, maker, nothing, override, reason, seller } from './command.ts';
import { line, text } from '../text.ts';
import { layerUse, lengthUnit } from '../views/geometry.ts';
import { eventView, fileView, instant, jobSummary, jobView, partView, status } from '../views/job.ts';
import { handLines, key, pricedOrder } from '../views/price.ts';

/** Pieces of a line. */
export const quantity = z.int().min(1).max(10_000);
export const infillPercent = z.number().min(0).max(100);
/** How a filament print lies: the way that takes least, or as its file has it. */
export const orientation = z.enum(orientations);

export const createJob = route({
  id: 'createJob',
  method: 'POST',
  path: '/v1/jobs',
  context: 'jobs',
  summary: 'Open a request',
  callers: { staff: seller, customer: true },
  body: z.object({
    title: line(120),
    delivery: z.enum(['pickup', 'shipping']).default('pickup'),
    wantedBy: z.iso.date().optional(),
    note: text(2000).optional(),
    /** By staff only: what is to be made, for the bench and the vendor. */
    spec: text(4000).optional(),
    /** The job's workflow template. */
    template: z.enum(templateNames).default('fabrication'),
    /** The day the shop promises. */
    promisedDate: z.iso.date().optional(),
    /** A member of the shop; the caller without one. */
    salespersonId: line(80).optional(),
    /** Staff name the customer; a customer is themselves. */
    customerId: id('cus').optional(),
    /** Label of the customer's address to ship to; their default without one. */
    shipTo: line(40).optional(),
  }),
  out: jobView,
  status: 201,
  idempotent: true,
});

export const reorderJob = route({
  id: 'reorderJob',
  method: 'POST',
  path: '/v1/jobs/{jobId}/reorder',
  context: 'jobs',
  summary: 'Open a new request with the files and lines of an earlier one, at the prices of today',
  callers: { staff: seller, customer: true },
  params: z.object({ jobId: id('job') }),
  out: jobView,
  status: 201,
  idempotent: true,
});

export const listJobs = route({
  id: 'listJobs',
  method: 'GET',
  path: '/v1/jobs',
  context: 'jobs',
  summary: 'Jobs, most recently changed first',
  callers: { staff: roles, customer: true },
  query: z.object({
    status: status.optional(),
    /** To the shop only: those of one customer. */
    customerId: id('cus').optional(),
    cursor: z.string().max(2000).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  out: z.object({ jobs: z.array(jobSummary), cursor: z.string().optional() }),
  status: 200,
});

export const getJob = route({
  id: 'getJob',
  method: 'GET',
  path: '/v1/jobs/{jobId}',
  context: 'jobs',
  summary: 'A job with its parts, files, quotes, runs and stays',
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  out: jobView,
  status: 200,
});

export const listJobEvents = route({
  id: 'listJobEvents',
  method: 'GET',
  path: '/v1/jobs/{jobId}/events',
  context: 'jobs',
  summary: "The job's timeline, oldest first",
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  out: z.object({ events: z.array(eventView) }),
  status: 200,
});

export const listEvents = route({
  id: 'listEvents',
  method: 'GET',
  path: '/v1/events',
  context: 'jobs',
  summary: "The shop's event log after a sequence number",
  callers: { staff: ['owner', 'admin'] },
  query: z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  out: z.object({ events: z.array(eventView), next: z.int() }),
  status: 200,
});

export const createFile = route({
  id: 'createFile',
  method: 'POST',
  path: '/v1/jobs/{jobId}/files',
  context: 'jobs',
  summary: 'Announce a file; answers with the form to upload it by',
  callers: { staff: seller, customer: true },
  params: jobParams,
  body: z.object({
    name: line(200),
    bytes: z.int().min(1).max(maximumFileBytes, 'A file may have at most 500 MB.'),
  }),
  out: z.object({
    file: fileView,
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()), expiresAt: instant }),
  }),
  status: 201,
  idempotent: true,
});

const fileParams = z.object({ jobId: id('job'), fileId: id('file') });

export const getFileLinks = route({
  id: 'getFileLinks',
  method: 'GET',
  path: '/v1/jobs/{jobId}/files/{fileId}/links',
  context: 'jobs',
  summary: 'Where to fetch a checked file, its preview for the viewer and its thumbnail',
  callers: { staff: roles, customer: true, link: true },
  params: fileParams,
  out: z.object({
    original: z.string(),
    preview: z.string().optional(),
    thumbnail: z.string().optional(),
    expiresAt: instant,
  }),
  status: 200,
});

export const setFileUnit = route({
  id: 'setFileUnit',
  method: 'PATCH',
  path: '/v1/jobs/{jobId}/files/{fileId}/unit',
  context: 'jobs',
  summary: 'Say in which unit a file is meant; its measures follow',
  callers: { staff: seller, customer: true },
  params: fileParams,
  body: z.object({ unit: lengthUnit }),
  out: fileView,
  status: 200,
});

export const setLayerUses = route({
  id: 'setLayerUses',
  method: 'PATCH',
  path: '/v1/jobs/{jobId}/files/{fileId}/layers',
  context: 'jobs',
  summary: "Say what is done with each layer of a drawing, in the report's order; its measures follow",
  callers: { staff: seller, customer: true },
  params: fileParams,
  body: z.object({ uses: z.array(layerUse).min(1).max(1000) }),
  out: fileView,
  status: 200,
});

export const addPart = route({
  id: 'addPart',
  method: 'POST',
  path: '/v1/jobs/{jobId}/parts',
  context: 'jobs',
  summary: 'Order a file in a material, finish and quantity',
  callers: { staff: seller, customer: true },
  params: jobParams,
  body: z.object({
    fileId: id('file'),
    materialId: key,
    finishId: key,
    /** Of a filament print, within the shop's range; the shop's usual one without. */
    infillPercent: infillPercent.optional(),
    /** Of a filament print; the best way without. */
    orientation: orientation.optional(),
    quantity,
  }),
  out: partView,
  status: 201,
  idempotent: true,
});

export const removePart = route({
  id: 'removePart',
  method: 'DELETE',
  path: '/v1/jobs/{jobId}/parts/{partId}',
  context: 'jobs',
  summary: 'Take a line off a draft',
  callers: { staff: seller, customer: true },
  params: z.object({ jobId: id('job'), partId: id('part') }),
  out: z.undefined(),
  status: 204,
});

export const getPrice = route({
  id: 'getPrice',
  method: 'GET',
  path: '/v1/jobs/{jobId}/price',
  context: 'jobs',
  summary: "The price of the job's parts today, every line explained",
  callers: { staff: seller, customer: true },
  params: jobParams,
  out: pricedOrder,
  status: 200,
});

export const tryPrice = route({
  id: 'tryPrice',
  method: 'POST',
  path: '/v1/jobs/{jobId}/price',
  context: 'jobs',
  summary: 'What the price would be with other choices for some lines; nothing is kept',
  callers: { staff: seller, customer: true },
  params: jobParams,
  body: z.object({
    /** Lines and choices that are left out are as they are. */
    parts: z
      .array(
        z.object({
          partId: id('part'),
          quantity: quantity.optional(),
          materialId: key.optional(),
          finishId: key.optional(),
          infillPercent: infillPercent.optional(),
          orientation: orientation.optional(),
        }),
      )
      .max(maximumParts),
  }),
  out: pricedOrder,
  status: 200,
  idempotent: true,
});

const version = z.int().min(1);
/** How a member of the shop who answers for the customer knows: on the phone, at the counter. */
const onBehalf = line(200).optional();

export const submitJob = command(
  'submitJob',
  'submit',
  'Ask the shop for a quote',
  { staff: seller, customer: true },
  nothing,
);
export const startQuoting = command(
  'startQuoting',
  'start-quoting',
  'Take the request into quoting',
  { staff: seller },
  nothing,
);
export const sendQuote = command(
  'sendQuote',
  'send-quote',
  'Send the next quote version at the price of the price book in force, or at lines set by hand',
  { staff: seller },
  z
    .object({
      message: text(2000).optional(),
      /** Of the draft that was looked at; a newer one is not sent. */
      draftVersion: z.int().min(0).optional(),
      /** Instead of parts. */
      lines: handLines.optional(),
    })
    .default({}),
);
export const withdrawQuote = command(
  'withdrawQuote',
  'withdraw-quote',
  'Take the open quote back',
  { staff: seller },
  nothing,
);
export const approveQuote = command(
  'approveQuote',
  'approve-quote',
  'Approve the version seen',
  { staff: seller, customer: true, link: true },
  z.object({ version, name: line(80), onBehalf }),
);
export const requestChanges = command(
  'requestChanges',
  'request-changes',
  'Ask for another version',
  { staff: seller, customer: true, link: true },
  z.object({ version, message: text(2000).min(1, 'Say what to change.'), onBehalf }),
);
export const declineQuote = command(
  'declineQuote',
  'decline-quote',
  'Decline the offer',
  { staff: seller, customer: true, link: true },
  z.object({ version, reason, onBehalf }),
);
export const startRun = command(
  'startRun',
  'start',
  'Start a part on a machine whose bed is clear; on one without an agent this logs the start',
  { staff: maker },
  z.object({
    partId: id('part'),
    machineId: id('mac'),
    quantity,
    override: override.optional(),
    /** When it was started by hand; now without one. */
    at: instant.optional(),
  }),
);
/** Of a run that is logged by hand. `at` is now without one. */
const ofRun = z.object({ runId: id('run'), at: instant.optional() });
export const pauseRun = command(
  'pauseRun',
  'pause-run',
  'Log that a run stands still',
  { staff: maker },
  ofRun,
);
export const continueRun = command(
  'continueRun',
  'continue-run',
  'Log that a paused run goes on',
  { staff: maker },
  ofRun,
);
export const endRun = command(
  'endRun',
  'end-run',
  'Log the end of a run: all of its pieces, or why not and how many are good',
  { staff: maker },
  ofRun.extend({
    outcome: z.enum(['finished', 'failed']),
    /** Good pieces of a failed run. */
    made: z.int().min(0).optional(),
    reason: reason.optional(),
    /** Material used, g. */
    grams: z.number().min(0).max(1e7).optional(),
    /** Sheets or blanks used. */
    sheets: z.number().min(0).max(1e5).optional(),
  }),
);
export const finishProduction = command(
  'finishProduction',
  'finish',
  'Move on when every piece is made',
  { staff: maker },
  nothing,
);
export const passCheck = command(
  'passCheck',
  'pass-check',
  'Pass the quality check',
  { staff: maker },
  z.object({ note: text(500).optional() }).default({}),
);
export const failCheck = command(
  'failCheck',
  'fail-check',
  'Fail the quality check: scraps pieces and opens a rework cycle',
  { staff: maker },
  z.object({ partId: id('part'), count: z.int().min(1), reason }),
);
export const handOver = command(
  'handOver',
  'hand-over',
  'Hand the order to the customer, who signs where the template wants it',
  { staff: seller },
  z.object({ receivedBy: line(80).optional() }).default({}),
);
export const confirmDelivery = command(
  'confirmDelivery',
  'confirm-delivery',
  'The shipped order has arrived',
  { staff: seller },
  nothing,
);
export const holdJob = command(
  'holdJob',
  'hold',
  'Put the job on hold',
  { staff: seller },
  z.object({ reason }),
);
export const resumeJob = command(
  'resumeJob',
  'resume',
  'Take the job off hold: back to where it was, or elsewhere',
  { staff: seller },
  z.object({ to: status.optional(), override: override.optional() }).default({}),
);
export const cancelJob = command(
  'cancelJob',
  'cancel',
  'Cancel the job',
  { staff: seller, customer: true, link: true },
  z.object({
    reason,
    /** Of the money taken, how much goes back; the shop says so, customers cancel by its rule. */
    refundMinor: z.int().min(0).optional(),
  }),
);
export const reopenJob = command(
  'reopenJob',
  'reopen',
  'Reopen an ended job',
  { staff: seller },
  z.object({ reason }),
);
