import * as z from 'zod';
import { id } from '../ids.ts';
import { line } from '../text.ts';

const minor = z.int().min(0);
const positive = z.number().positive().max(1e9);
const share = z.number().min(0).max(1000);
const name = line(60);
/** How a price book calls a material or a finish. */
export const key = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be lower-case letters, digits and dashes');

/** All that a shop's prices are made of; minor units are the currency's smallest. */
export const priceBook = z
  .object({
    version: z.int().min(1),
    currency: z.string().length(3),
    materials: z
      .array(
        z.object({
          id: key,
          name,
          process: z.literal('fdm'),
          densityGPerCm3: positive,
          pricePerKgMinor: minor,
          startupMinor: minor,
        }),
      )
      .min(1)
      .max(100),
    finishes: z
      .array(z.object({ id: key, name, minorPerPart: minor, percent: share }))
      .min(1)
      .max(50),
    machineRateMinorPerHour: minor,
    laborRateMinorPerHour: minor,
    setupMinutes: z.number().min(0),
    postMinutesPerPart: z.number().min(0),
    machinePowerKw: z.number().min(0),
    energyMinorPerKwh: minor,
    failurePercent: z.number().min(0).max(100),
    overheadPercent: share,
    markupPercent: share,
    partMinimumMinor: minor,
    orderMinimumMinor: minor,
    quantityBreaks: z
      .array(z.object({ from: z.int().min(1), percentOff: z.number().min(0).max(100) }))
      .max(20),
    taxPercent: z.number().min(0).max(100),
    taxMode: z.literal('exclusive'),
    layerHeightMm: positive,
    wallEquivalentMm: positive,
    infillPercent: z.number().min(0).max(100),
    flowMm3PerSecond: positive,
    secondsPerLayer: positive,
  })
  .meta({ id: 'PriceBook' });

/** What an offer is made of when a person sets it, line by line. */
export const handLines = z
  .array(
    z.object({
      name: line(120),
      quantity: z.int().min(1).max(10_000),
      unitMinor: z.int().min(0).max(1e11),
      /** The part the line is for. */
      partId: id('part').optional(),
    }),
  )
  .min(1)
  .max(60);

/** A price in which every line explains itself. Cost, margin, rules and the build-up of a unit are shown to the shop only. */
export const pricedOrder = z
  .object({
    currency: z.string(),
    lines: z.array(
      z.object({
        partId: z.string(),
        name: z.string(),
        quantity: z.int(),
        unitMinor: z.int().nullable(),
        totalMinor: z.int().nullable(),
        costMinor: z.int().nullable().optional(),
        marginPercent: z.number().optional(),
        estimate: z
          .object({
            printSeconds: z.number(),
            materialGrams: z.number(),
            /** To the shop only, like all below. */
            layers: z.int().optional(),
            method: z.string().optional(),
            spreadPercent: z.number().optional(),
            reliable: z.boolean().optional(),
            why: z.string().optional(),
          })
          .nullable(),
        components: z.array(
          z.object({
            code: z.string(),
            label: z.string(),
            /** Per part, before rounding: a decimal. */
            amountMinor: z.string(),
            inputs: z.record(z.string(), z.object({ value: z.number(), unit: z.string() })),
            rule: z.string(),
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
    taxMinor: z.int().nullable(),
    totalMinor: z.int().nullable(),
    /** Why a person has to look first; empty when the price may go out at once. */
    reviewReasons: z.array(
      z.object({ code: z.string(), partId: z.string().optional(), message: z.string() }),
    ),
    /** To the shop only, like the engine's version. */
    priceBookVersion: z.int().optional(),
    engineVersion: z.string().optional(),
  })
  .meta({ id: 'PricedOrder' });
export type PricedOrderView = z.infer<typeof pricedOrder>;
