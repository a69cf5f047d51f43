import * as z from 'zod';
import { customerDetails, metals, orderModes } from '#domain/price/price-book.ts';
import { processes } from '#domain/process.ts';
import { line } from '../text.ts';
import { key } from './price.ts';

const minor = z.int().min(0);
const amount = z.number().min(0).max(1e9);
const positive = z.number().positive().max(1e9);
const share = z.number().min(0).max(1000);
const percent = z.number().min(0).max(100);
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

/** All that a shop's prices are made of; minor units are the currency's smallest. */
export const priceBook = z
  .object({
    version: z.int().min(1),
    currency: z.string().length(3),
    machines: z.array(machine).min(1).max(50),
    materials: z.array(material).min(1).max(100),
    finishes: z
      .array(z.object({ id: key, name, minorPerPart: minor, percent: share }))
      .min(1)
      .max(50),
    metalFixes: z
      .array(z.object({ metal: z.enum(metals), minorPerTroyOunce: minor, fixedOn: z.iso.date() }))
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
    infillFromPercent: percent,
    infillToPercent: percent,
    flowMm3PerSecond: positive,
    secondsPerLayer: positive,
  })
  .meta({ id: 'PriceBook' });
