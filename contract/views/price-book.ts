import * as z from 'zod';
import { supportChoices } from '#domain/estimate/print-settings.ts';
import { customerDetails, metals, orderModes } from '#domain/price/price-book.ts';
import { firstUsualMaking } from '#domain/price/usual-making.ts';
import { processes } from '#domain/process.ts';
import { figure, positiveFigure } from '../figure.ts';
import { day } from '../day.ts';
import { line } from '../text.ts';
import { key } from './price.ts';

const minor = z.int().min(0);
const amount = figure.min(0).max(1e9);
const positive = positiveFigure.max(1e9);
const share = figure.min(0).max(1000);
const percent = figure.min(0).max(100);
const positiveShare = positiveFigure.max(100);
const count = z.int().min(0).max(1000);
const name = line(60);
const lead = z.int().min(0).max(365);

const machine = z.object({
  id: key,
  name,
  process: z.enum(processes),
  minorPerHour: minor,
  powerKw: amount,
  setupMinutes: amount,
  programmingMinutes: amount,
  attendancePercent: percent,
  postMinutesPerPart: amount,
  consumablesMinorPerHour: minor,
  consumablesMinorPerPart: minor,
  failurePercent: percent,
});

/** What a slicer's profile says of a machine; set by `setMachineProfile` only. */
const profile = z.object({
  name: z.string(),
  /** By the estimate's own names; speeds in mm/s, lengths in mm. */
  settings: z.record(z.string(), z.union([z.number(), z.string()])),
  /** What the profile does not tell, by which of its keys, and what is used for it. */
  defaults: z.array(
    z.object({
      setting: z.string(),
      keys: z.array(z.string()),
      used: z.union([z.number(), z.string()]),
    }),
  ),
  inherits: z.string().optional(),
});

const anyMaterial = z.object({ id: key, name, densityGPerCm3: positive, startupMinor: minor });
const material = z.discriminatedUnion('process', [
  anyMaterial.extend({ process: z.literal('fdm'), pricePerKgMinor: minor }),
  anyMaterial.extend({ process: z.literal('resin'), pricePerLitreMinor: minor }),
  anyMaterial.extend({ process: z.literal('powder'), pricePerKgMinor: minor }),
  anyMaterial.extend({
    process: z.literal('laser'),
    thicknessMm: positive,
    sheetWidthMm: positive,
    sheetHeightMm: positive,
    pricePerSheetMinor: minor,
    cutMmPerSecond: positive,
    pierceSeconds: amount,
    engraveMm2PerSecond: positive,
  }),
  anyMaterial.extend({
    process: z.literal('cnc'),
    pricePerKgMinor: minor,
    removalMm3PerSecond: positive,
    toolChangeSeconds: amount,
  }),
  anyMaterial.extend({
    process: z.literal('casting'),
    metal: z.enum(metals),
    purityPercent: percent,
    alloyMarginPercent: share,
  }),
]);

/** How parts are made as long as nobody says otherwise for a line. */
const usualMaking = z.object({
  resin: z.object({
    layerMm: positive,
    secondsPerLayer: positive,
    bottomLayers: count,
    bottomSecondsPerLayer: amount,
    supportPercent: share,
    washCureMinutes: amount,
  }),
  powder: z.object({
    chamberXMm: positive,
    chamberYMm: positive,
    chamberZMm: positive,
    layerMm: positive,
    secondsPerLayer: positive,
    packingPercent: positiveShare,
    gapMm: amount,
    coolDownSeconds: amount,
    powderGPerCm3: amount,
    refreshPercent: percent,
  }),
  laser: z.object({ yieldPercent: positiveShare, secondsPerSheet: amount }),
  cnc: z.object({
    finishedMm2PerSecond: positive,
    setups: count,
    toolChanges: count,
    stockAllowanceMm: amount,
  }),
  casting: z.object({ lossPercent: share, waxMinorPerLitre: minor, hallmarkMinor: minor }),
});

/** All that a shop's prices are made of; minor units are the currency's smallest. */
export const priceBook = z
  .object({
    version: z.int().min(1),
    currency: z.string().length(3),
    machines: z
      .array(machine.extend({ profile: profile.optional() }))
      .min(1)
      .max(50),
    materials: z.array(material).min(1).max(100),
    finishes: z
      .array(z.object({ id: key, name, minorPerPart: minor, percent: share }))
      .min(1)
      .max(50),
    metalFixes: z
      .array(z.object({ metal: z.enum(metals), minorPerTroyOunce: minor, fixedOn: day }))
      .max(metals.length),
    laborRateMinorPerHour: minor,
    energyMinorPerKwh: minor,
    overheadPercent: share,
    markupPercent: share,
    partMinimumMinor: minor,
    orderMinimumMinor: minor,
    quantityBreaks: z.array(z.object({ from: z.int().min(1), percentOff: percent })).max(20),
    leadDays: lead,
    rushOptions: z.array(z.object({ id: key, name, percentMore: share, leadDays: lead })).max(10),
    taxPercent: percent,
    taxMode: z.enum(['exclusive', 'inclusive']),
    taxRounding: z.enum(['line', 'document']),
    otherTaxRates: z.array(z.object({ id: key, name, percent })).max(10),
    shippingTaxRateId: key,
    orderMode: z.enum(orderModes),
    customerDetail: z.enum(customerDetails),
    reviewAboveMinor: minor,
    reviewAboveQuantity: z.int().min(0),
    thinWallMm: amount,
    metalFixDays: z.int().min(0).max(3650),
    layerHeightMm: positive,
    wallEquivalentMm: positive,
    infillPercent: percent,
    infillFromPercent: percent.default(0),
    infillToPercent: percent.default(100),
    supports: z.enum(supportChoices).default('none'),
    flowMm3PerSecond: positive,
    secondsPerLayer: positive,
    usualMaking: usualMaking.default(firstUsualMaking),
  })
  .meta({ id: 'PriceBook' });

/** A book as it is sent: its version and currency are known, and machines keep their profiles. */
export const priceBookBody = priceBook
  .omit({ version: true, currency: true })
  .extend({ machines: z.array(machine).min(1).max(50) });
