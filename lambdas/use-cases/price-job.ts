import { refuse, isRefusal, type Refusal } from '#domain/refusal.ts';
import { discountsOf } from '#domain/customer/customer.ts';
import type { PrintEstimate } from '#domain/estimate/print-estimate.ts';
import type { FinishedRun } from '#domain/estimate/run-history.ts';
import { runsOf } from '#domain/estimate/run-record.ts';
import { bodyMeasures } from '#domain/geometry/report.ts';
import { correctByRuns, correctMeasured } from '#domain/price/correct-by-runs.ts';
import { estimateByBook, type PrintChoice } from '#domain/price/estimate-by-book.ts';
import type { PriceInputs } from '#domain/price/order-input.ts';
import { machineTimeOf } from '#domain/price/machine-time.ts';
import { measurePart } from '#domain/price/measure-part.ts';
import { priceOrder, type PricedOrder } from '#domain/price/price-order.ts';
import type { PriceBook } from '#domain/price/price-book.ts';
import { toDecimal } from '#domain/price/rational.ts';
import type { Part } from '#domain/job/job.ts';
import { stillMeant, withEdits, type QuoteEdits } from '#domain/quote/quote-edits.ts';
import type { QuoteBasis } from '#domain/quote/quote.ts';
import type { Machine } from '#domain/machine/machine.ts';
import type { Run } from '#domain/run/run.ts';
import { now } from '../adapters/clock.ts';
import { loadQuote, type LoadedJob } from '../adapters/dynamo/repositories/jobs.ts';
import { listRunRecords, loadRunRecord } from '../adapters/dynamo/repositories/run-records.ts';
import { loadCustomer } from '../adapters/dynamo/repositories/customers.ts';
import { loadPriceBook, loadShop } from '../adapters/dynamo/repositories/shops.ts';
import type { Tenant } from '../adapters/dynamo/tenant.ts';
import { loadLayers } from './layers-of-file.ts';
import { filamentBeds, machineVolumes } from './machine-volumes.ts';

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
  const computed = await inputsOf(t, loaded, priceBook, decided);
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

async function inputsOf(
  t: Tenant,
  loaded: LoadedJob,
  book: PriceBook,
  decided?: QuoteEdits,
): Promise<PriceInputs | Refusal> {
  const [layers, runs, machines, shop, customer] = await Promise.all([
    loadLayers(t, loaded.files, book),
    runsByMaterial(t, loaded.parts),
    machineVolumes(t),
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
        ? correctMeasured(
            measurePart(report, material, book, layers.get(part.fileId), {
              ...choiceFor(part, decided),
              machines: filamentBeds(machines),
            }),
            runs.get(part.materialId) ?? [],
          )
        : { making: null, estimate: null }),
    });
  }
  return {
    lines,
    discounts: discountsOf(customer?.priceTerms),
    tax: customer?.priceTerms?.tax,
    pricedOn: dayIn(shop.timeZone),
    machines,
  };
}

/** Infill of the line and how it lies; machine and supports that the shop chose for it. */
function choiceFor({ id, infillPercent, orientation }: Part, edits: QuoteEdits | undefined): PrintChoice {
  const edit = edits?.lines.find(({ partId }) => partId === id);
  return { machineId: edit?.machineId, supports: edit?.supports, infillPercent, orientation };
}

/** What runs took, by material: a price does not know yet which of the machines will print. */
async function runsByMaterial(t: Tenant, parts: readonly Part[]): Promise<Map<string, FinishedRun[]>> {
  const materials = [...new Set(parts.map(({ materialId }) => materialId))];
  return new Map(
    await Promise.all(
      materials.map(
        async (id) => [id, runsOf(await listRunRecords(t, id))] satisfies [string, FinishedRun[]],
      ),
    ),
  );
}

/** Today where the shop is, `YYYY-MM-DD`. */
const dayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(now()));

/** What a run is expected to take: by what the machine's earlier runs with the material took, and before that correction. */
export interface RunEstimate {
  seconds: number;
  grams: number;
  /** Of filament prints alone: only they are learned from. */
  uncorrected?: NonNullable<Run['uncorrected']>;
}

/** What one run of `quantity` pieces on the machine is expected to take. */
export async function estimateRun(
  t: Tenant,
  loaded: LoadedJob,
  part: Part,
  { quantity, machine }: { quantity: number; machine: Pick<Machine, 'id' | 'name' | 'volumeMm'> },
): Promise<RunEstimate | Refusal> {
  const { materialId } = part;
  const { x, y, z } = machine.volumeMm;
  const files = loaded.files.filter(({ id }) => id === part.fileId);
  const { job } = loaded;
  const book = await loadPriceBook(t);
  const [layers, record, quote] = await Promise.all([
    loadLayers(t, files, book),
    loadRunRecord(t, machine.id, materialId),
    job.quote && loadQuote(t, job.id, job.quote.version),
  ]);
  const report = files[0]?.report;
  const material = book.materials.find((each) => each.id === materialId);
  if (report && material && material.process !== 'fdm') {
    const { making } = measurePart(report, material, book);
    // What the file does not tell was priced by hand; the run is none the less made.
    const seconds = making ? toDecimal(machineTimeOf(making, material).seconds, 3) : 0;
    return { seconds: Number(seconds) * quantity, grams: 0 };
  }
  const estimate =
    report &&
    estimateByBook(book, material?.densityGPerCm3 ?? 1.24, bodyMeasures(report), layers.get(part.fileId), {
      ...choiceFor(part, quote?.basis.edits),
      machines: [{ name: machine.name, volumeMm: [x, y, z] }],
    });
  if (!estimate) return refuse('not_ready', `"${part.name}" can not be estimated.`, 'partId');
  const ofAll = ({ printSeconds, materialGrams }: PrintEstimate) => ({
    seconds: printSeconds * quantity,
    grams: Math.round(materialGrams * quantity * 100) / 100,
  });
  return {
    ...ofAll(correctByRuns(estimate, record.runs)),
    uncorrected: { materialId, ...ofAll(estimate) },
  };
}
