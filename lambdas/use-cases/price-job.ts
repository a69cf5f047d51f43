import { refuse, isRefusal, type Refusal } from '#domain/refusal.ts';
import { discountsOf } from '#domain/customer/customer.ts';
import { bodyMeasures } from '#domain/geometry/report.ts';
import { estimateByBook } from '#domain/price/estimate-by-book.ts';
import type { PriceInputs } from '#domain/price/order-input.ts';
import { measurePart } from '#domain/price/measure-part.ts';
import { priceOrder, type PricedOrder } from '#domain/price/price-order.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import type { Part } from '#domain/job/job.ts';
import { stillMeant, withEdits, type QuoteEdits } from '#domain/quote/quote-edits.ts';
import type { QuoteBasis } from '#domain/quote/quote.ts';
import { now } from '../adapters/clock.ts';
import { listMachines } from '../adapters/dynamo/repositories/farm.ts';
import type { LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { loadCustomer, loadPriceBook, loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { loadLayers } from './layers-of-file.ts';

/** A price and all that it was made of. */
export interface PricedJob {
  price: PricedOrder;
  basis: QuoteBasis;
}

/**
 * The price of the job's parts by the price book in force and the customer's terms, with the shop's decisions if there are any.
 * @param known the book in force, when it has been loaded already
 */
export async function priceJob(
  t: Tenant,
  loaded: LoadedJob,
  decided?: QuoteEdits,
  known?: PriceBook,
): Promise<PricedJob | Refusal> {
  const priceBook = known ?? (await loadPriceBook(t));
  const computed = await inputsOf(t, loaded, priceBook);
  if (isRefusal(computed)) return computed;
  const edits =
    decided &&
    stillMeant(
      decided,
      loaded.parts.map(({ id }) => id),
    );
  // As it will be stored: a recomputation starts from the same bytes.
  const inputs = stored(edits ? withEdits(computed, edits) : computed);
  const price = priceOrder({ ...inputs, priceBook });
  if ('refused' in price) return refuse('invalid', price.refused.message, price.refused.field);
  return {
    price,
    basis: {
      priceBookVersion: price.priceBookVersion,
      engineVersion: price.engineVersion,
      fileHashes: fileHashes(loaded),
      inputs,
      ...(edits ? { edits: stored(edits) } : {}),
    },
  };
}

const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** SHA-256 of the job's files by id. */
export const fileHashes = ({ files }: LoadedJob): Record<string, string> =>
  Object.fromEntries(files.flatMap(({ id, sha256 }) => (sha256 ? [[id, sha256]] : [])));

async function inputsOf(t: Tenant, loaded: LoadedJob, book: PriceBook): Promise<PriceInputs | Refusal> {
  const [layers, machines, shop, customer] = await Promise.all([
    loadLayers(t, loaded.files),
    listMachines(t),
    loadShop(t),
    loadCustomer(t, loaded.job.customer.customerId),
  ]);
  const lines = [];
  for (const part of loaded.parts) {
    const report = loaded.files.find((file) => file.id === part.fileId)?.report;
    if (!report)
      return refuse('not_ready', `"${part.name}" is still being checked. Try again in a moment.`, 'parts');
    const material = book.materials.find(({ id }) => id === part.materialId);
    const { volumeMm3, areaMm2, boundingBoxMm } = bodyMeasures(report);
    const { verdict } = report;
    const problems = report.problems.map(({ code, severity, message }) => ({ code, severity, message }));
    lines.push({
      partId: part.id,
      name: part.name,
      geometry: { volumeMm3, areaMm2, boundingBoxMm, verdict, problems },
      materialId: part.materialId,
      finishId: part.finishId,
      quantity: part.wanted,
      ...(material
        ? measurePart(report, material, infilledBy(book, part), layers.get(part.fileId))
        : { making: null, estimate: null }),
    });
  }
  return {
    lines,
    discounts: discountsOf(customer?.priceTerms),
    tax: customer?.priceTerms?.tax,
    pricedOn: dayIn(shop.timeZone),
    machines: machines.map(({ machine: { name, process, volumeMm } }) => ({
      name,
      process,
      volumeMm: [volumeMm.x, volumeMm.y, volumeMm.z] as const,
    })),
  };
}

/** The book as a line is printed by. */
const infilledBy = (book: PriceBook, { infillPercent = book.infillPercent }: Part): PriceBook => ({
  ...book,
  infillPercent,
});

/** Today where the shop is, `YYYY-MM-DD`. */
const dayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(now()));

/** What one run of `quantity` pieces is expected to take. */
export async function estimateRun(
  t: Tenant,
  loaded: LoadedJob,
  part: Part,
  quantity: number,
): Promise<{ seconds: number; grams: number } | Refusal> {
  const files = loaded.files.filter(({ id }) => id === part.fileId);
  const [book, layers] = await Promise.all([loadPriceBook(t), loadLayers(t, files)]);
  const report = files[0]?.report;
  const densityGPerCm3 = book.materials.find((each) => each.id === part.materialId)?.densityGPerCm3 ?? 1.24;
  const estimate =
    report &&
    estimateByBook(infilledBy(book, part), densityGPerCm3, bodyMeasures(report), layers.get(part.fileId));
  if (!estimate) return refuse('not_ready', `"${part.name}" can not be estimated.`, 'partId');
  return {
    seconds: estimate.printSeconds * quantity,
    grams: Math.round(estimate.materialGrams * quantity * 100) / 100,
  };
}
