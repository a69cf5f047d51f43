import * as z from 'zod';
import { orderModes } from '#domain/price/price-book.ts';
import { line } from '../text.ts';
import { making } from './making.ts';

/** How a price book calls a material, a finish, a machine or a rate. */
export const key = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and dashes');

/** What an offer is made of when a person sets it, line by line. */
export const handLines = z
  .array(
    z.object({
      name: line(120),
      quantity: z.int().min(1).max(10_000),
      unitMinor: z.int().min(0).max(1e11),
    }),
  )
  .min(1)
  .max(60);

/** A price in which every line explains itself. Cost, margin, rates and rules are shown to the shop only. */
export const pricedOrder = z
  .object({
    currency: z.string(),
    lines: z.array(
      z.object({
        partId: z.string(),
        kind: z.enum(['part', 'extra']),
        name: z.string(),
        quantity: z.int(),
        unitMinor: z.int().nullable(),
        totalMinor: z.int().nullable(),
        costMinor: z.int().nullable().optional(),
        marginPercent: z.number().optional(),
        taxRateId: z.string().optional(),
        making: making.nullable().optional(),
        estimate: z
          .object({
            printSeconds: z.number(),
            materialGrams: z.number(),
            /** How it lies: turned about x, then about y, and why in plain words. */
            orientation: z
              .object({
                turned: z.boolean(),
                rotationDegrees: z.tuple([z.number(), z.number()]),
                words: z.string(),
              })
              .optional(),
            /** To the shop only, like all below. */
            layers: z.int().optional(),
            method: z.string().optional(),
            spreadPercent: z.number().optional(),
            reliable: z.boolean().optional(),
            why: z.string().optional(),
            /** How finished runs have changed it, for example `based on 7 similar runs, ±9 %`. */
            learned: z
              .object({
                runs: z.int(),
                timeFactor: z.number(),
                materialFactor: z.number(),
                words: z.string(),
              })
              .optional(),
          })
          .nullable(),
        /** To the customer what each step adds to their price, when the shop shows it. */
        components: z.array(
          z.object({
            code: z.string(),
            label: z.string(),
            /** Per part, before rounding: a decimal. */
            amountMinor: z.string(),
            inputs: z.record(z.string(), z.object({ value: z.number(), unit: z.string() })),
            /** To the shop only. */
            rule: z.string().optional(),
          }),
        ),
      }),
    ),
    subtotalMinor: z.int().nullable(),
    adjustments: z.array(
      z.object({
        code: z.string(),
        label: z.string(),
        amountMinor: z.int(),
        /** To the shop only. */
        rule: z.string().optional(),
      }),
    ),
    taxMode: z.enum(['exclusive', 'inclusive']),
    /** By rate: net amount and the tax on it or in it. */
    taxes: z.array(
      z.object({
        rateId: z.string(),
        name: z.string(),
        percent: z.number(),
        netMinor: z.int(),
        taxMinor: z.int(),
      }),
    ),
    /** Why no tax is due. */
    taxNote: z.string().optional(),
    taxMinor: z.int().nullable(),
    totalMinor: z.int().nullable(),
    rush: z.object({ id: z.string(), name: z.string() }).optional(),
    /** Working days. */
    leadDays: z.int(),
    /** Why a person has to look first; empty when the price may go out at once. */
    reviewReasons: z.array(
      z.object({ code: z.string(), partId: z.string().optional(), message: z.string() }),
    ),
    orderMode: z.enum(orderModes),
    /** What the customer may do with a price that the shop has not sent; absent on sent versions. */
    options: z
      .object({
        showPrices: z.boolean(),
        hiddenLines: z.array(z.string()),
        placeNow: z.boolean(),
        askForReview: z.boolean(),
        why: z.array(z.string()),
      })
      .optional(),
    /** To the shop only, like the engine's version. */
    priceBookVersion: z.int().optional(),
    engineVersion: z.string().optional(),
  })
  .meta({ id: 'PricedOrder' });
export type PricedOrderView = z.infer<typeof pricedOrder>;
