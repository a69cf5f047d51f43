import * as z from 'zod';
import { runStates } from '#domain/run/run.ts';
import { processes } from '#domain/process.ts';
import { eventTypes } from '#domain/event.ts';
import { jobCommandNames } from '#domain/job/commands.ts';
import { dueKinds, jobPaymentStates, quoteStates, statuses, templateNames } from '#domain/job/job.ts';
import { id } from '../ids.ts';
import { address } from './contact.ts';
import { geometryReport, meshReport } from './geometry.ts';
import { pricedOrder } from './price.ts';

export const instant = z.iso.datetime();
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD');
export const status = z.enum(statuses).meta({ id: 'Status' });

const command = z.enum(jobCommandNames).meta({ id: 'JobCommand' });
const labelled = z.object({ status, label: z.string() });

/** A step the caller may take: where it can lead, and what still stands in its way. */
export const stepView = z
  .object({ command, to: z.array(labelled), missing: z.string().optional() })
  .meta({ id: 'Step' });

export const partView = z
  .object({
    id: id('part'),
    fileId: id('file'),
    name: z.string(),
    process: z.enum(processes),
    materialId: z.string(),
    finishId: z.string(),
    /** Of a filament print, when somebody chose it; else the shop's usual one. */
    infillPercent: z.number().optional(),
    /** Of a filament print that is kept as its file has it; else it lies the best way. */
    orientation: z.literal('as_uploaded').optional(),
    wanted: z.int(),
    good: z.int(),
    /** To the shop only, like `scrapped`. */
    made: z.int().optional(),
    scrapped: z.int().optional(),
  })
  .meta({ id: 'Part' });

export const fileView = z
  .object({
    id: id('file'),
    name: z.string(),
    bytes: z.int(),
    state: z.enum(['awaiting_upload', 'checked', 'refused']),
    sha256: z.string().optional(),
    report: geometryReport.optional(),
    /** `getFileLinks` has a preview and a thumbnail of it. */
    hasPreview: z.boolean().optional(),
    /** What lengths of the preview are multiplied by, since somebody chose another unit; 1 if left out. */
    previewScale: z.number().optional(),
    /** A repaired copy is at hand: what was done and what it is like; `repairFile` makes it a file. */
    repair: z
      .object({
        steps: z.object({
          joinedPoints: z.int(),
          /** Faces without area, and faces that were there twice. */
          removedFaces: z.int(),
          turnedFaces: z.int(),
          closedHoles: z.int(),
        }),
        report: meshReport,
      })
      .optional(),
    /** The file that this one is the repaired copy of. */
    repairedFrom: id('file').optional(),
    createdAt: instant,
    checkedAt: instant.optional(),
  })
  .meta({ id: 'File' });

export const quoteState = z.enum(quoteStates);

export const quoteView = z
  .object({
    version: z.int(),
    state: quoteState,
    price: pricedOrder,
    /** What it asks for before production. */
    depositMinor: z.int().optional(),
    message: z.string().optional(),
    sentAt: instant,
    validUntil: instant,
    answeredAt: instant.optional(),
    answeredBy: z.string().optional(),
    answer: z.string().optional(),
  })
  .meta({ id: 'Quote' });

export const runView = z
  .object({
    id: id('run'),
    partId: id('part'),
    /** To the shop only, like what the run took and why it failed. */
    machineId: id('mac').optional(),
    quantity: z.int(),
    state: z.enum(runStates),
    requestedAt: instant,
    estimatedSeconds: z.number(),
    startedAt: instant.optional(),
    endedAt: instant.optional(),
    actualSeconds: z.number().optional(),
    actualGrams: z.number().optional(),
    actualSheets: z.number().optional(),
    /** Who logs it by hand, on a machine without an agent. */
    operator: z.string().optional(),
    pauses: z.array(z.object({ from: instant, to: instant.optional() })).optional(),
    reason: z.string().optional(),
    /** Live, while printing. */
    percent: z.number().optional(),
    etaSeconds: z.number().optional(),
  })
  .meta({ id: 'Run' });

export const stayView = z
  .object({ visit: z.int(), status, label: z.string(), enteredAt: instant, leftAt: instant.optional() })
  .meta({ id: 'Stay' });

export const jobSummary = z
  .object({
    id: id('job'),
    number: z.string(),
    title: z.string(),
    status,
    /** What the caller's audience calls the status. */
    statusLabel: z.string(),
    customer: z.object({ customerId: id('cus'), name: z.string(), email: z.string() }),
    quote: z
      .object({
        version: z.int(),
        state: quoteState,
        totalMinor: z.int(),
        currency,
        validUntil: instant,
        /** What it asks for before production. */
        depositMinor: z.int().optional(),
      })
      .optional(),
    payment: z.enum(jobPaymentStates),
    template: z.enum(templateNames),
    /** To the shop only: what has fallen due. */
    flags: z.array(z.enum(dueKinds)).optional(),
    salesperson: z.object({ personId: z.string(), name: z.string() }).optional(),
    promisedDate: z.string().optional(),
    /** Where to fetch a picture of the first part; in lists, to the shop only. */
    thumbnail: z.string().optional(),
    /** To the shop only. */
    reworkCycle: z.int().optional(),
    wantedBy: z.string().optional(),
    version: z.int(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'JobSummary' });

export const jobView = jobSummary
  .extend({
    delivery: z.enum(['pickup', 'shipping']),
    note: z.string().optional(),
    /** As they were when the job was saved or quoted; edits of the contact come with the next quote. */
    contact: z.object({
      company: z.string().optional(),
      phone: z.string().optional(),
      billingContact: z.object({ name: z.string(), email: z.string() }).optional(),
      shipTo: address.optional(),
      billTo: address.optional(),
    }),
    parts: z.array(partView),
    files: z.array(fileView),
    quotes: z.array(quoteView),
    runs: z.array(runView),
    stays: z.array(stayView),
    /** The newest invoice. */
    invoiceId: id('inv').optional(),
    agreedAt: instant.optional(),
    po: z
      .object({
        number: z.string(),
        dueAt: instant,
        netDays: z.int().optional(),
        acceptedAt: instant.optional(),
      })
      .optional(),
    /** What has come in for what is agreed now. */
    paidMinor: z.int(),
    /** What has to arrive before production, in minor units. */
    dueBeforeProductionMinor: z.int(),
    shipment: z
      .object({ carrier: z.string().optional(), tracking: z.string().optional(), shippedAt: instant })
      .optional(),
    receivedBy: z.string().optional(),
    redoOf: id('job').optional(),
    /** The earlier job it is the same order as. */
    reorderOf: id('job').optional(),
    /** To the shop only, like what the vendor asks. */
    vendor: z
      .object({
        vendorId: id('ven').optional(),
        name: z.string(),
        contact: z.string().optional(),
        email: z.string(),
        /** They can still answer by the mailed link. */
        open: z.boolean(),
        toldAt: instant.optional(),
        /** Ids of the photos and files they may see. */
        shows: z.array(z.string()),
      })
      .optional(),
    /** To the shop only: what is to be made. */
    spec: z.string().optional(),
    vendorPrice: z
      .object({
        costMinor: z.int(),
        currency,
        readyBy: z.string().optional(),
        note: z.string().optional(),
      })
      .optional(),
    termsWaived: z.string().optional(),
    /** To who took the last step: until when they can take it back, and to which status that leads. */
    undo: z.object({ until: instant, to: labelled }).optional(),
    /** The usual way of such a job, in the caller's words. */
    way: z.array(labelled),
    steps: z.array(stepView),
    /** The commands of the steps. */
    next: z.array(command),
  })
  .meta({ id: 'Job' });
export type JobView = z.infer<typeof jobView>;
export type JobSummary = z.infer<typeof jobSummary>;

export const actorView = z
  .object({ kind: z.enum(['staff', 'customer', 'vendor', 'agent', 'system']), name: z.string() })
  .meta({ id: 'Actor' });

export const eventView = z
  .object({
    id: id('evt'),
    /** Place in the shop's log: gapless, the cursor of every reader. */
    seq: z.int().optional(),
    type: z.enum(eventTypes),
    jobId: id('job'),
    at: instant,
    actor: actorView,
    transition: z.object({ from: status, to: status, visit: z.int() }).optional(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    /** To the shop only: nobody got a mail of it. */
    quiet: z.boolean().optional(),
  })
  .meta({ id: 'Event' });
export type EventView = z.infer<typeof eventView>;
