import * as z from 'zod';
import { roles } from '#domain/actor.ts';
import { documentKinds } from '#domain/document/document.ts';
import { isDocumentLocale } from '#domain/document/formats.ts';
import { day } from '../day.ts';
import { email } from '../email.ts';
import { id } from '../ids.ts';
import { route } from '../route.ts';
import { line, text } from '../text.ts';
import { currency, instant } from '../views/job.ts';

const jobParams = z.object({ jobId: id('job') });
const counter = ['owner', 'admin', 'sales'] as const;

export const documentView = z
  .object({
    /** Names the document among those of its job, e.g. `quote-2`. */
    key: z.string(),
    kind: z.enum(documentKinds),
    title: z.string(),
    number: z.string(),
    /** Its content is fixed for ever; others are printed anew each time. */
    issued: z.boolean(),
    /** The instant it speaks of. */
    at: instant,
  })
  .meta({ id: 'Document' });
export type DocumentView = z.infer<typeof documentView>;

export const listDocuments = route({
  id: 'listDocuments',
  method: 'GET',
  path: '/v1/jobs/{jobId}/documents',
  context: 'documents',
  summary: 'The documents of a job that the caller may read',
  callers: { staff: roles, customer: true, link: true },
  params: jobParams,
  out: z.object({ documents: z.array(documentView) }),
  status: 200,
});

export const getDocument = route({
  id: 'getDocument',
  method: 'GET',
  path: '/v1/jobs/{jobId}/documents/{documentKey}',
  context: 'documents',
  summary: 'A link to a document as PDF, good for half an hour',
  callers: { staff: roles, customer: true, link: true },
  params: jobParams.extend({ documentKey: z.string().regex(/^[a-z_]{1,20}(-[0-9a-z_]{1,40})?$/) }),
  out: z.object({ url: z.string(), expiresAt: instant, fileName: z.string(), bytes: z.int() }),
  status: 200,
});

const letterheadFields = z.object({
  address: text(400),
  phone: z.union([z.literal(''), line(40)]),
  website: z.union([z.literal(''), line(100)]),
  taxNumber: z.union([z.literal(''), line(40)]),
  accentColor: z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #1f4e79'),
  locale: z
    .string()
    .max(35)
    .refine(
      isDocumentLocale,
      'must be a language tag such as en-GB or de-AT, of a language in Latin, Greek or Cyrillic letters',
    ),
  quoteTerms: text(2000),
  paymentTerms: text(1000),
});

export const letterheadView = letterheadFields
  .extend({ version: z.int().min(0), logo: z.object({ url: z.string() }).optional() })
  .meta({ id: 'Letterhead' });
export type LetterheadView = z.infer<typeof letterheadView>;

export const getLetterhead = route({
  id: 'getLetterhead',
  method: 'GET',
  path: '/v1/letterhead',
  context: 'documents',
  summary: 'What stands on every document of the shop',
  callers: { staff: roles },
  out: letterheadView,
  status: 200,
});

/** Base64 of 300 000 bytes. */
const mostLogoCharacters = 400_000;

const letterheadBody = letterheadFields.extend({
  /** A PNG or JPEG in base64, `keep`, or absent for none. */
  logo: z
    .union([
      z.literal('keep'),
      z.object({ contentBase64: z.base64().max(mostLogoCharacters, 'A logo may have at most 300 kB.') }),
    ])
    .optional(),
});

export const replaceLetterhead = route({
  id: 'replaceLetterhead',
  method: 'PUT',
  path: '/v1/letterhead',
  context: 'documents',
  summary: 'Change the letterhead; documents issued before keep theirs',
  callers: { staff: ['owner', 'admin'] },
  body: letterheadBody,
  out: letterheadView,
  status: 200,
  versioned: true,
});

export const previewLetterhead = route({
  id: 'previewLetterhead',
  method: 'POST',
  path: '/v1/letterhead/preview',
  context: 'documents',
  summary: 'A link to a made-up quote with this letterhead as PDF; the letterhead is not changed',
  callers: { staff: ['owner', 'admin'] },
  body: letterheadBody,
  out: z.object({ url: z.string(), expiresAt: instant }),
  status: 200,
  idempotent: true,
});

export const purchaseOrderView = z
  .object({
    id: id('po'),
    jobId: id('job'),
    number: z.string(),
    vendor: z.object({ name: z.string(), email: z.string(), address: z.string().optional() }),
    currency,
    lines: z.array(z.object({ label: z.string(), quantity: z.int(), unitMinor: z.int().optional() })),
    totalMinor: z.int().optional(),
    neededBy: z.string().optional(),
    note: z.string().optional(),
    issuedAt: instant,
  })
  .meta({ id: 'PurchaseOrder' });

export const listPurchaseOrders = route({
  id: 'listPurchaseOrders',
  method: 'GET',
  path: '/v1/jobs/{jobId}/purchase-orders',
  context: 'documents',
  summary: 'What was ordered from vendors for a job, oldest first',
  callers: { staff: [...counter, 'accountant'] },
  params: jobParams,
  out: z.object({ purchaseOrders: z.array(purchaseOrderView) }),
  status: 200,
});

export const createPurchaseOrder = route({
  id: 'createPurchaseOrder',
  method: 'POST',
  path: '/v1/jobs/{jobId}/purchase-orders',
  context: 'documents',
  summary: 'Write a numbered order to a vendor for work on a job; they get a mail with a link to it',
  callers: { staff: counter },
  params: jobParams,
  body: z.object({
    vendor: z.object({ name: line(80), email, address: text(400).optional() }),
    lines: z
      .array(
        z.object({
          label: line(200),
          quantity: z.int().min(1).max(10_000),
          /** As agreed; absent: the vendor names it. */
          unitMinor: z.int().min(0).max(1e12).optional(),
        }),
      )
      .min(1)
      .max(40),
    neededBy: day.optional(),
    note: text(2000).optional(),
    /** Mails the vendor a link to it. */
    send: z.boolean().default(true),
  }),
  out: purchaseOrderView,
  status: 201,
  idempotent: true,
  closedToSupport: true,
});

export const getVendorOrder = route({
  id: 'getVendorOrder',
  method: 'GET',
  path: '/v1/vendor-orders/{purchaseOrderId}',
  context: 'documents',
  summary: 'A purchase order as PDF, to the vendor it was mailed to; the link to it is good for half an hour',
  callers: { vendor: true },
  params: z.object({ purchaseOrderId: id('po') }),
  out: z.object({
    shop: z.object({ name: z.string() }),
    number: z.string(),
    url: z.string(),
    expiresAt: instant,
  }),
  status: 200,
});

export const creditNoteView = z
  .object({
    id: id('crn'),
    invoiceId: id('inv'),
    invoiceNumber: z.string(),
    jobId: id('job'),
    number: z.string(),
    currency,
    subtotalMinor: z.int(),
    taxMinor: z.int(),
    totalMinor: z.int(),
    reason: z.string(),
    issuedAt: instant,
  })
  .meta({ id: 'CreditNote' });

const creditors = ['owner', 'admin', 'accountant'] as const;

export const listCreditNotes = route({
  id: 'listCreditNotes',
  method: 'GET',
  path: '/v1/invoices/{invoiceId}/credit-notes',
  context: 'billing',
  summary: 'What was taken back of an invoice, oldest first',
  callers: { staff: creditors, customer: true, link: true },
  params: z.object({ invoiceId: id('inv') }),
  out: z.object({ creditNotes: z.array(creditNoteView) }),
  status: 200,
});

export const createCreditNote = route({
  id: 'createCreditNote',
  method: 'POST',
  path: '/v1/invoices/{invoiceId}/credit-notes',
  context: 'billing',
  summary: 'Take back a part or all of an invoice, which itself is never edited',
  callers: { staff: creditors },
  params: z.object({ invoiceId: id('inv') }),
  body: z.object({
    /** Tax included; all that is left when absent. */
    amountMinor: z.int().min(1).optional(),
    reason: line(200, 'Say why, in a few words.'),
  }),
  out: creditNoteView,
  status: 201,
  idempotent: true,
});
