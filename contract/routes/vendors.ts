import * as z from 'zod';
import { rolesOf } from '#domain/actor.ts';
import { maximumPhotoBytes } from '#domain/photo/photo.ts';
import { day } from '../day.ts';
import { email } from '../email.ts';
import { flag } from '../flag.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { currency, instant, jobView } from '../views/job.ts';
import { jobParams, reason } from './command.ts';

const seller = rolesOf('shop');
const params = z.object({ vendorId: id('ven') });

const vendorCard = z.object({
  /** The company. */
  name: line(80),
  contact: line(80).optional(),
  email,
  phone: line(40).optional(),
  /** What they do: casting, stone setting, plating. */
  processes: z.array(line(40)).max(20).default([]),
  leadTimeDays: z.int().min(0).max(365).optional(),
  minimumOrderMinor: z.int().min(0).max(1e11).optional(),
  note: text(2000).optional(),
});

export const vendorView = vendorCard
  .extend({
    id: id('ven'),
    processes: z.array(z.string()),
    archivedAt: instant.optional(),
    version: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'Vendor' });
export type VendorView = z.infer<typeof vendorView>;

export const listVendors = route({
  id: 'listVendors',
  method: 'GET',
  path: '/v1/vendors',
  context: 'shops',
  summary: 'The vendors of the shop, by name',
  callers: { staff: seller },
  query: z.object({ archived: flag(false) }),
  out: z.object({ vendors: z.array(vendorView) }),
  status: 200,
});

export const createVendor = route({
  id: 'createVendor',
  method: 'POST',
  path: '/v1/vendors',
  context: 'shops',
  summary: 'Add a vendor',
  callers: { staff: seller },
  body: vendorCard,
  out: vendorView,
  status: 201,
  idempotent: true,
});

export const getVendor = route({
  id: 'getVendor',
  method: 'GET',
  path: '/v1/vendors/{vendorId}',
  context: 'shops',
  summary: 'A vendor',
  callers: { staff: seller },
  params,
  out: vendorView,
  status: 200,
});

export const replaceVendor = route({
  id: 'replaceVendor',
  method: 'PUT',
  path: '/v1/vendors/{vendorId}',
  context: 'shops',
  summary: 'Change a vendor; jobs keep the vendor as they were when chosen',
  callers: { staff: seller },
  params,
  body: vendorCard,
  out: vendorView,
  status: 200,
  versioned: true,
  closedToSupport: true,
});

export const archiveVendor = route({
  id: 'archiveVendor',
  method: 'POST',
  path: '/v1/vendors/{vendorId}/archive',
  context: 'shops',
  summary: 'Take a vendor out of lists and choices, or put them back',
  callers: { staff: seller },
  params,
  body: z.object({ archived: z.boolean() }),
  out: vendorView,
  status: 200,
  idempotent: true,
});

/** Ids of photos and files of the job. */
export const shows = z.array(z.union([id('photo'), id('file')])).max(60);

export const assignVendor = route({
  id: 'assignVendor',
  method: 'POST',
  path: '/v1/jobs/{jobId}/vendor',
  context: 'jobs',
  summary: 'Put a vendor on a bespoke job, another in their place, or none; whom it concerns gets a mail',
  callers: { staff: seller },
  params: jobParams,
  body: z.object({
    /** Null takes the vendor off. */
    vendorId: id('ven').nullable(),
    /** Needed when somebody is replaced. */
    reason: reason.optional(),
  }),
  out: jobView,
  status: 200,
  idempotent: true,
  closedToSupport: true,
});

export const showToVendor = route({
  id: 'showToVendor',
  method: 'POST',
  path: '/v1/jobs/{jobId}/vendor/files',
  context: 'jobs',
  summary: 'Which photos and files of the job its vendor sees; the list replaces the one before',
  callers: { staff: seller },
  params: jobParams,
  body: z.object({ shows }),
  out: jobView,
  status: 200,
  idempotent: true,
});

export const vendorRequestView = z
  .object({
    shop: z.object({ name: z.string() }),
    /** Six digits. */
    number: z.string(),
    kind: z.string(),
    title: z.string(),
    spec: z.string().optional(),
    message: z.string().optional(),
    vendor: z.object({ name: z.string() }),
    currency,
    /** What is expected of them: a price, nothing for now, or the piece. */
    stage: z.enum(['asked', 'waiting', 'going_ahead', 'on_hold', 'done']),
    /** What they asked for. Its note may be the shop's own. */
    price: z.object({ costMinor: z.int(), currency, readyBy: z.string().optional() }).optional(),
    /** The pieces have a name of their own here: the customer's stays inside the shop. */
    files: z.array(z.object({ name: z.string(), picture: z.boolean(), url: z.string() })),
    drawings: z.array(
      z.object({ name: z.string(), state: z.enum(['awaiting_upload', 'stored', 'refused']) }),
    ),
  })
  .meta({ id: 'VendorRequest' });
export type VendorRequestView = z.infer<typeof vendorRequestView>;

const byVendor = { vendor: true } as const;

export const getVendorRequest = route({
  id: 'getVendorRequest',
  method: 'GET',
  path: '/v1/vendor-requests/{jobId}',
  context: 'jobs',
  summary: 'What a vendor is asked for: specification, and the pictures and files they may see',
  callers: byVendor,
  params: jobParams,
  out: vendorRequestView,
  status: 200,
});

export const giveVendorPrice = route({
  id: 'giveVendorPrice',
  method: 'POST',
  path: '/v1/vendor-requests/{jobId}/price',
  context: 'jobs',
  summary: 'The vendor names a price and a day',
  callers: byVendor,
  params: jobParams,
  body: z.object({
    costMinor: z.int().min(1).max(1e11),
    readyBy: day.optional(),
    note: text(500).optional(),
  }),
  out: vendorRequestView,
  status: 200,
  idempotent: true,
});

export const refuseVendorRequest = route({
  id: 'refuseVendorRequest',
  method: 'POST',
  path: '/v1/vendor-requests/{jobId}/decline',
  context: 'jobs',
  summary: 'The vendor does not want to make it; their link opens nothing any more',
  callers: byVendor,
  params: jobParams,
  body: z.object({ reason }),
  out: z.object({ closed: z.literal(true) }),
  status: 200,
  idempotent: true,
});

export const createVendorDrawing = route({
  id: 'createVendorDrawing',
  method: 'POST',
  path: '/v1/vendor-requests/{jobId}/drawings',
  context: 'jobs',
  summary: 'Announce a drawing (PNG, JPEG, WebP, GIF or PDF); answers with the form to upload it by',
  callers: byVendor,
  params: jobParams,
  body: z.object({
    name: line(200),
    bytes: z.int().min(1).max(maximumPhotoBytes, 'A drawing may have at most 8 MB.'),
  }),
  out: z.object({
    upload: z.object({ url: z.string(), fields: z.record(z.string(), z.string()), expiresAt: instant }),
  }),
  status: 201,
  idempotent: true,
});
