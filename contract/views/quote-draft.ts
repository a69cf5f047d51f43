import * as z from 'zod';
import { supportChoices } from '#domain/estimate/print-settings.ts';
import { figure } from '../figure.ts';
import { day } from '../day.ts';
import { line } from '../text.ts';
import { id } from '../ids.ts';
import { making } from './making.ts';
import { key, pricedOrder } from './price.ts';

const minor = z.int().min(0).max(1e12);
const percent = figure.min(0).max(100);
const reason = line(300, 'Say why, in a few words.');
const label = line(120);

/** Whether a customer owes tax. */
export const taxStatus = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('taxable') }),
    z.object({
      kind: z.literal('exempt'),
      certificate: line(60),
      /** Its last day. */
      expiresOn: day.optional(),
    }),
    z.object({
      kind: z.literal('reverse_charge'),
      vatId: z.string().regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/, 'must be a VAT id such as ATU12345678'),
    }),
    z.object({
      kind: z.literal('export'),
      country: z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as CH'),
    }),
  ])
  .meta({ id: 'TaxStatus' });

/** What the shop decides instead of the price book, each with its reason. Absent figures are the book's. */
export const quoteEdits = z
  .object({
    lines: z
      .array(
        z.object({
          partId: id('part'),
          reason,
          label: label.optional(),
          unitMinor: minor.optional(),
          breakPercent: percent.optional(),
          taxRateId: key.optional(),
          machineId: key.optional(),
          supports: z.enum(supportChoices).optional(),
          making: making.optional(),
        }),
      )
      .max(40),
    extras: z
      .array(
        z.object({
          id: key,
          label,
          quantity: z.int().min(1).max(10_000),
          unitMinor: minor,
          costMinor: minor.optional(),
          taxRateId: key.optional(),
          reason,
        }),
      )
      .max(40),
    discounts: z
      .array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('percent'), label, percent, reason }),
          z.object({ kind: z.literal('amount'), label, amountMinor: minor, reason }),
        ]),
      )
      .max(10),
    scrap: z
      .array(z.object({ materialId: key, grams: figure.min(0).max(1e6), payoutPercent: percent }))
      .max(10),
    shippingMinor: minor.optional(),
    rushId: key.optional(),
    tax: z.object({ status: taxStatus, reason }).optional(),
  })
  .meta({ id: 'QuoteEdits' });

const figures = z.object({
  name: z.string(),
  quantity: z.int(),
  unitMinor: z.int().nullable(),
  totalMinor: z.int().nullable(),
});

/** What a newer price says differently from an older one. */
export const quoteDiff = z
  .object({
    added: z.array(figures.extend({ partId: z.string() })),
    removed: z.array(figures.extend({ partId: z.string() })),
    changed: z.array(z.object({ partId: z.string(), name: z.string(), before: figures, after: figures })),
    adjustments: z.array(
      z.object({ label: z.string(), beforeMinor: z.int().nullable(), afterMinor: z.int().nullable() }),
    ),
    leadDays: z.object({ before: z.int(), after: z.int() }).optional(),
    totalDeltaMinor: z.int().nullable(),
  })
  .meta({ id: 'QuoteDiff' });

/** The next version while it is prepared, with its price as of now. */
export const quoteDraft = z
  .object({
    /** Of the draft; 0 before the first save. */
    version: z.int(),
    edits: quoteEdits,
    savedAt: z.iso.datetime().optional(),
    savedBy: z.string().optional(),
    price: pricedOrder,
    /** Without any decision of the shop. */
    computedTotalMinor: z.int().nullable(),
    /** Against the newest version that was sent. */
    diff: quoteDiff.optional(),
  })
  .meta({ id: 'QuoteDraft' });
export type QuoteDraftView = z.infer<typeof quoteDraft>;
export type QuoteEditsBody = z.infer<typeof quoteEdits>;

export const recomputedQuote = z
  .object({
    version: z.int(),
    /** Every line, adjustment and total is the same to the cent. */
    same: z.boolean(),
    storedTotalMinor: z.int().nullable(),
    recomputedTotalMinor: z.int().nullable(),
    diff: quoteDiff,
    priceBookVersion: z.int(),
    storedEngineVersion: z.string(),
    engineVersion: z.string(),
    /** The files of the job are still the ones the price was made for. */
    filesUnchanged: z.boolean(),
  })
  .meta({ id: 'RecomputedQuote' });
